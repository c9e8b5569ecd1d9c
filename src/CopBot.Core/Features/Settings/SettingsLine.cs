using System.Globalization;
using CopBot.Core.Chat;
using CopBot.Core.Storage;

namespace CopBot.Core.Features.Settings;

/// <summary>The line that sets what is set already: a form of the settings begins with it.</summary>
public static class SettingsLine
{
    public static string Of(Community community) => CommandLine.Write("settings",
    [
        new("zone", community.Zone.Id),
        new("name", community.Name),
        new("channel", community.MainChannel),
        new("week", community.WeekPost?.ToString() ?? SettingsCommands.Off),
        new("hours", community.Hours?.ToString() ?? SettingsCommands.Off),
        new("budget", community.Budget?.ToString(CultureInfo.InvariantCulture) ?? SettingsCommands.Off),
        new("approval", community.Approval ? "on" : "off"),
        new("language", community.Language),
    ]);
}

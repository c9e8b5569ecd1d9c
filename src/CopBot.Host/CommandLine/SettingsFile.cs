namespace CopBot.Host.CommandLine;

/// <summary>The file <c>copbot.json</c> in the working directory, where there is one.</summary>
public static class SettingsFile
{
    private const string Name = "copbot.json";
    private const string Right = "{ \"CopBot\": { \"Database\": \"copbot.db\" } }";

    /// <summary>What it says; throws <see cref="WrongSetting"/> where that cannot be read or would be overlooked.</summary>
    public static IConfiguration Read()
    {
        IConfigurationRoot file;
        try
        {
            file = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(Name), optional: true).Build();
        }
        catch (InvalidDataException problem)
        {
            throw new WrongSetting($"{Name} is not JSON: {problem.InnerException?.InnerException?.Message ?? problem.InnerException?.Message ?? problem.Message} It looks like this: {Right}");
        }

        var stray = file.GetChildren().FirstOrDefault(child => !child.Key.Equals("CopBot", StringComparison.OrdinalIgnoreCase));
        return stray is null
            ? file
            : throw new WrongSetting($"{Name} has “{stray.Key}” at the top; settings stand inside \"CopBot\", like this: {Right}");
    }
}

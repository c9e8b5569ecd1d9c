using CopBot.Host.Dashboard.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace CopBot.Host.Dashboard;

/// <summary>Renders components to plain HTML, once, without a circuit.</summary>
public sealed class PageRenderer(IServiceProvider services, ILoggerFactory logs)
{
    public async Task<IResult> PageAsync<TPage>(int status, params (string Name, object? Value)[] parameters)
        where TPage : IComponent =>
        Results.Content(await RenderAsync<TPage>(parameters), "text/html; charset=utf-8", statusCode: status);

    /// <summary>Lines alone, as the event stream sends them.</summary>
    public Task<string> LinesAsync(News news, string seal, string eventId) =>
        RenderAsync<Lines>(("Items", news.Lines), ("Zone", news.Community.Zone), ("Seal", seal), ("Event", eventId));

    /// <summary>The board alone.</summary>
    public Task<string> BoardAsync(WeekBoard board) => RenderAsync<BoardTable>(("Board", board));

    private async Task<string> RenderAsync<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var view = ParameterView.FromDictionary(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
            return (await renderer.RenderComponentAsync<TComponent>(view)).ToHtmlString();
        });
    }
}

using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Pages;

/// <summary>A page of a browser. Errors of scripts, refusals of the content policy, dialogs and requests to elsewhere fail the test at its end.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly Uri home;
    private readonly ConcurrentQueue<string> problems = [];
    private IPage? page;

    public WatchedPage(IBrowserContext context, Uri home)
    {
        this.context = context;
        this.home = home;
        context.SetDefaultTimeout(120_000);
    }

    public IPage Page => page!;

    public async Task<IResponse> GoToAsync(string path)
    {
        if (page is null)
        {
            page = await context.NewPageAsync();
            page.PageError += (_, error) => problems.Enqueue($"error of a script: {error}");
            page.Console += (_, line) => Note(line);
            page.Dialog += async (_, dialog) =>
            {
                problems.Enqueue($"dialog: {dialog.Message}");
                await dialog.DismissAsync();
            };
            page.Request += (_, request) => Note(request);
        }

        return (await page.GotoAsync(path))!;
    }

    /// <summary>Waits until the page listens to the appliance: what happens from now on it shows by itself.</summary>
    public async Task<IPage> LiveAsync()
    {
        await Assertions.Expect(Page.Locator("body")).ToHaveAttributeAsync("data-connection", "on");
        return Page;
    }

    public async Task ScreenshotAsync(string name)
    {
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Hospital.Screenshots, name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.Empty(problems);
    }

    private void Note(IConsoleMessage line)
    {
        // A page that answers 404 or 401 is reported there too; the tests look at the status themselves.
        if (line.Type is "error" or "warning" && !line.Text.Contains("Failed to load resource", StringComparison.Ordinal))
        {
            problems.Enqueue($"console {line.Type}: {line.Text}");
        }
    }

    private void Note(IRequest request)
    {
        var address = new Uri(request.Url);
        if (address.Scheme is "http" or "https" or "ws" or "wss" && address.Authority != home.Authority)
        {
            problems.Enqueue($"request to elsewhere: {request.Url}");
        }
    }
}

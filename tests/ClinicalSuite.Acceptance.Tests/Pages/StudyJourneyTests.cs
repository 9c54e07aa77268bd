using ClinicalSuite.Acceptance.Tests.Loop;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ClinicalSuite.Acceptance.Tests.Pages;

/// <summary>A real study goes through the real pipeline while a browser looks on.</summary>
[Collection(HospitalCollection.Name)]
public sealed class StudyJourneyTests(Hospital hospital)
{
    /// <summary>Writes down every text of the run's progress, and would be gone after a reload.</summary>
    private const string Witness = """
        () => {
          window.seen = [];
          new MutationObserver(() => {
            for (const step of document.querySelectorAll('[data-step]')) window.seen.push(step.textContent.trim());
          }).observe(document.querySelector('main'), { childList: true, subtree: true, characterData: true });
        }
        """;

    private static readonly string[] Hops = ["Intake", "Assembly", "Routing", "Execution", "Evidence", "Delivery"];

    [Fact]
    public async Task Page_of_a_study_follows_it_from_the_first_image_to_the_last_acknowledgement_without_a_reload()
    {
        var study = new SmallAbdomen("1.2.826.0.1.3680043.8.498.70.1") { PatientName = "Wang^XiaoDong=王^小东=wang^xiaodong" };
        const int Late = 10;
        await using var watched = await hospital.OpenAsync("/");
        var page = await watched.LiveAsync();
        var (most, last) = (hospital.NewFolder(), hospital.NewFolder());
        study.Write(most, Enumerable.Range(0, SmallAbdomen.Slices).Where(slice => slice != Late));
        study.Write(last, [Late]);

        Assert.Equal(SmallAbdomen.Slices - 1, await hospital.SendAsync(most));
        var row = page.Locator($"[data-study-row='{study.StudyUid}']");
        await Expect(row).ToContainTextAsync("Wang XiaoDong");
        await Expect(row).ToContainTextAsync("王小东");
        await Expect(row.Locator(".chip").First).ToHaveTextAsync("Waiting");
        await row.GetByRole(AriaRole.Link).ClickAsync();

        await watched.LiveAsync();
        await Expect(page.Locator("#standing")).ToHaveTextAsync("Waiting");
        await Expect(page.Locator("main")).ToContainTextAsync("slice increments from 3.75 to 7.5 mm");
        await page.EvaluateAsync(Witness);
        Assert.Equal(1, await hospital.SendAsync(last));

        await Expect(page.Locator("#standing")).ToHaveTextAsync("Delivered");
        var steps = await page.EvaluateAsync<string[]>("() => window.seen");
        Assert.Contains(steps.Distinct(), text => text is not ['0', ' ', ..] and not ['1', '0', '0', ..] && text.Contains('%', StringComparison.Ordinal));
        await AssertHopsAsync(page);
        await AssertResultsAsync(page);
        await AssertDeliveriesAsync(page);
        await watched.ScreenshotAsync("study-delivered");
        await page.Locator("#report").ScreenshotAsync(new() { Path = System.IO.Path.Combine(Hospital.Screenshots, "tmp-report.png") });
    }

    /// <summary>Every hop in the words of the pipeline's folders, in their order.</summary>
    private static async Task AssertHopsAsync(IPage page)
    {
        foreach (var hop in Hops)
        {
            await Expect(page.Locator($"[data-stage={hop}]")).ToHaveClassAsync("done");
        }

        var told = await page.Locator("[data-hop]").EvaluateAllAsync<string[]>("lines => lines.map(l => l.dataset.hop)");
        Assert.Equal(Hops, told.Distinct());
        await Expect(page.Locator("#timeline")).ToContainTextAsync("First image received from SCANNER.");
        await Expect(page.Locator("#timeline")).ToContainTextAsync($"Complete: {SmallAbdomen.Slices} images in 1 series.");
    }

    private static async Task AssertResultsAsync(IPage page)
    {
        await Expect(page.Locator("#figure")).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => document.getElementById('figure').naturalWidth > 100");
        var address = await page.Locator("#report").GetAttributeAsync("src");
        var pdf = await page.APIRequest.GetAsync(address!);
        Assert.Equal("application/pdf", pdf.Headers["content-type"]);
        Assert.StartsWith("%PDF-", System.Text.Encoding.ASCII.GetString(await pdf.BodyAsync()), StringComparison.Ordinal);
        await Expect(page.Locator("#synthetic")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-measurement=vessel-volume-ratio]")).ToContainTextAsync("Hepatic vasculature: Share of the liver volume");
    }

    private static async Task AssertDeliveriesAsync(IPage page)
    {
        var deliveries = page.Locator("[data-delivery]");
        Assert.Equal(6, await deliveries.CountAsync());
        foreach (var delivery in await deliveries.AllAsync())
        {
            await Expect(delivery.Locator(".chip")).ToHaveTextAsync("Delivered");
            var isOru = await delivery.GetAttributeAsync("data-delivery") == "Oru";
            await Expect(delivery).ToContainTextAsync(isOru ? "MSA|AA|" : "C-STORE 0000H");
        }
    }
}

using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ClinicalSuite.Acceptance.Tests.Pages;

/// <summary>What everyone needs of a page, by eye, by keyboard and by screen reader (WCAG 2.2 AA where it can be measured).</summary>
[Collection(HospitalCollection.Name)]
public sealed class AccessibilityTests(Hospital hospital)
{
    /// <summary>Structure that assistive software relies on; gives the complaints.</summary>
    private const string Structure = """
        () => {
          const bad = [];
          const one = s => { const n = document.querySelectorAll(s).length; if (n !== 1) bad.push(`${n} of ${s}`); };
          ['body > header', 'main', 'body > footer', 'h1', 'title', 'main [role=note], [role=note]'].forEach(one);
          if (!/^(en|zh-CN)$/.test(document.documentElement.lang)) bad.push('no language');
          document.querySelectorAll('input:not([type=hidden]), select, textarea').forEach(e => {
            if (!e.labels.length && !e.ariaLabel) bad.push(`no label: ${e.outerHTML}`); });
          document.querySelectorAll('button, a[href], summary').forEach(e => {
            if (!e.textContent.trim() && !e.ariaLabel && !e.querySelector('img[alt]:not([alt=""])')) bad.push(`no name: ${e.outerHTML}`); });
          document.querySelectorAll('img:not([alt]), iframe:not([title]), progress:not([aria-label]), nav:not([aria-label])').forEach(e =>
            bad.push(`not described: ${e.outerHTML}`));
          document.querySelectorAll('table').forEach(t => {
            if (!t.caption) bad.push('table without caption');
            t.querySelectorAll('th:not([scope])').forEach(h => bad.push(`header without scope: ${h.outerHTML}`)); });
          const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
          ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => bad.push(`id twice: ${id}`));
          if (document.querySelector('[style], style, script:not([src]), [onclick], [onload]')) bad.push('inline style or script');
          return bad;
        }
        """;

    /// <summary>Contrast of each text with what is painted behind it (WCAG 1.4.3: 4.5 to 1); gives what falls short.</summary>
    private const string Contrast = """
        () => {
          const rgb = c => c.match(/[\d.]+/g).map(Number);
          const lum = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] !== 0) return c; } return [255, 255, 255]; };
          const bad = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const e = walk.currentNode.parentElement;
            if (!walk.currentNode.data.trim() || !e.checkVisibility({ visibilityProperty: true }) || e.closest('.unseen, script')) continue;
            const [a, b] = [lum(rgb(getComputedStyle(e).color)), lum(behind(e))];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) bad.push(`${ratio.toFixed(2)}: ${walk.currentNode.data.trim().slice(0, 40)} (${e.className})`);
          }
          return bad;
        }
        """;

    public static TheoryData<string, string> Pages() => new()
    {
        { "/", "studies" }, { "/Reconciliation", "reconciliation" }, { "/Refusals", "refusals" }, { "/Audit", "audit" },
        { "/SignIn", "sign-in" }, { "/nowhere", "problem" }, { "", "study" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_page_is_structured_readable_and_fits_a_phone_in_light_and_dark(string path, string name)
    {
        await hospital.RefusedStudyAsync();
        path = path.Length > 0 ? path : "/studies/" + await hospital.DeliveredStudyAsync();
        await using var light = await hospital.OpenAsync(path);
        Assert.Empty(await light.Page.EvaluateAsync<string[]>(Structure));
        Assert.Empty(await light.Page.EvaluateAsync<string[]>(Contrast));
        await Expect(light.Page.GetByText("Research use; not clinically validated").First).ToBeVisibleAsync();
        await light.ScreenshotAsync(name + "-light");

        await using var phone = await hospital.OpenAsync(path, new()
        {
            ViewportSize = new() { Width = 390, Height = 844 },
            ColorScheme = ColorScheme.Dark,
            HasTouch = true,
        });
        Assert.Empty(await phone.Page.EvaluateAsync<string[]>(Contrast));
        Assert.Equal(390, await phone.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await phone.ScreenshotAsync(name + "-phone-dark");
    }

    [Fact]
    public async Task Keyboard_alone_leads_past_the_menu_into_a_study_and_back()
    {
        var study = await hospital.DeliveredStudyAsync();
        await using var watched = await hospital.OpenAsync("/");
        var page = await watched.LiveAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await Expect(page.Locator(".skip")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#find")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("p1 abdomen");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        var link = page.Locator($"[data-study-row='{study}'] a");
        await Expect(link).ToBeFocusedAsync();
        Assert.NotEqual("none", await link.EvaluateAsync<string>("link => getComputedStyle(link).outlineStyle"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#standing")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Studies");
    }

    [Fact]
    public async Task A_reader_of_Chinese_finds_pages_and_timeline_in_Chinese()
    {
        var study = await hospital.DeliveredStudyAsync();
        await using var watched = await hospital.OpenAsync("/studies/" + study);
        var page = watched.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "中文" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Expect(page.Locator("#standing")).ToHaveTextAsync("已递送");
        await Expect(page.Locator("[role=note]")).ToHaveTextAsync("仅供研究使用；未经临床验证");
        var sentences = await page.Locator("[data-hop] > span:last-child > span:first-child").AllInnerTextsAsync();
        Assert.NotEmpty(sentences);
        Assert.All(sentences, text => Assert.Contains(text, c => c is >= '一' and <= '鿿'));
        await watched.ScreenshotAsync("study-chinese");
    }
}

using ClinicalSuite.Acceptance.Tests.Loop;
using ClinicalSuite.Server.Studies;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ClinicalSuite.Acceptance.Tests.Pages;

/// <summary>What is turned away says why, and what to do about it.</summary>
[Collection(HospitalCollection.Name)]
public sealed class RefusalPageTests(Hospital hospital)
{
    [Fact]
    public async Task A_sender_that_is_not_on_the_allow_list_appears_at_once_with_cause_and_remedy()
    {
        await using var watched = await hospital.OpenAsync("/Refusals");
        var page = await watched.LiveAsync();
        Assert.Equal(0, await hospital.SendAsync(Written(new SmallAbdomen("1.2.826.0.1.3680043.8.498.70.3"), [0]), "STRANGER"));

        var row = page.Locator("tbody tr").Filter(new() { HasText = "STRANGER" });
        await Expect(row).ToContainTextAsync("calling AE title not recognized");
        await Expect(row).ToContainTextAsync("add it to the allow-list (--accept AET@HOST)");
    }

    [Fact]
    public async Task A_study_with_a_truncated_image_is_refused_with_reason_and_remedy_on_its_page()
    {
        var study = await hospital.RefusedStudyAsync();

        await using var watched = await hospital.OpenAsync("/studies/" + study);
        var trouble = watched.Page.Locator("[data-trouble]");
        await Expect(trouble).ToHaveCountAsync(1);
        await Expect(trouble).ToContainTextAsync("liver-vessels refused its input");
        await Expect(trouble).ToContainTextAsync("Send the study again from its source");
        await Expect(watched.Page.Locator("[data-stage=Execution]")).ToHaveClassAsync("bad");
        await Expect(watched.Page.Locator("#report")).ToHaveCountAsync(0);
        await watched.ScreenshotAsync("study-refused");

        await watched.GoToAsync("/Refusals");
        await Expect(watched.Page.Locator("tbody tr").Filter(new() { HasText = "refused its input" })).ToContainTextAsync("Go to the study");
        await watched.GoToAsync("/");
        await watched.Page.GetByText("Needs a person").ClickAsync();
        await Expect(watched.Page.Locator($"[data-study-row='{study}']")).ToBeVisibleAsync();
        await watched.Page.GetByText("Under way").ClickAsync();
        await Expect(watched.Page.Locator($"[data-study-row='{study}']")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_study_that_no_analysis_takes_and_that_names_no_patient_says_both()
    {
        var study = new SmallAbdomen("1.2.826.0.1.3680043.8.498.70.5") { Modality = "MR", PatientId = "" };
        await hospital.SendAsync(Written(study, Enumerable.Range(0, 3)));
        await hospital.UntilAsync(study.StudyUid, sheet => sheet.Standing == Standing.NothingToAnalyse);

        await using var watched = await hospital.OpenAsync("/studies/" + study.StudyUid);
        await Expect(watched.Page.Locator("[data-trouble]")).ToContainTextAsync("liver-vessels is not for this study");
        await Expect(watched.Page.Locator("[data-identity]")).ToContainTextAsync("PatientID (0010,0020) is empty");
        await Expect(watched.Page.Locator(".head")).ToContainTextAsync("no patient ID");
    }

    private string Written(SmallAbdomen study, IEnumerable<int> slices)
    {
        var folder = hospital.NewFolder();
        study.Write(folder, slices);
        return folder;
    }
}

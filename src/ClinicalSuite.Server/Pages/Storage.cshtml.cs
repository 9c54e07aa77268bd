using ClinicalSuite.Server.Settings;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Retention;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicalSuite.Server.Pages;

/// <summary>The data disk, and what the rules of retention would remove.</summary>
public sealed class StorageModel(DiskSpace disk, RetentionBook book, ApplianceSettings settings) : PageModel
{
    public const int Shown = 200;

    public DiskSpaceState Disk { get; private set; } = null!;

    public IReadOnlyList<RetentionRule> Rules => settings.Retention.Rules;

    public bool AreApplied => settings.Retention.Apply;

    public IReadOnlyList<RetentionCandidate> Plan { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellation)
    {
        Disk = disk.Look();
        Plan = await book.PlanAsync(Rules, cancellation);
    }
}

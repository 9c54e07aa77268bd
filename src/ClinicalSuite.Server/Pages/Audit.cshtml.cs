using ClinicalSuite.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicalSuite.Server.Pages;

/// <summary>Who saw or did what; for administrators.</summary>
public sealed class AuditModel(AuditTrail trail) : PageModel
{
    private const int Shown = 200;
    private const int LastPage = 100_000;

    /// <summary>From 1, the newest.</summary>
    [BindProperty(SupportsGet = true, Name = "page-number")]
    public int PageNumber { get; set; } = 1;

    public bool HasOlder { get; private set; }

    public IReadOnlyList<AuditRecord> Records { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellation)
    {
        PageNumber = Math.Clamp(PageNumber, 1, LastPage);
        var records = await trail.LatestAsync((PageNumber - 1) * Shown, Shown + 1, cancellation);
        HasOlder = records.Count > Shown;
        Records = [.. records.Take(Shown)];
    }
}

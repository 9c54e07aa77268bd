using ClinicalSuite.Store;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicalSuite.Server.Pages;

/// <summary>Who saw or did what.</summary>
public sealed class AuditModel(AuditTrail trail) : PageModel
{
    private const int Shown = 500;

    public IReadOnlyList<AuditRecord> Records { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellation) => Records = await trail.LatestAsync(Shown, cancellation);
}

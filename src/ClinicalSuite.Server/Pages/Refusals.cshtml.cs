using ClinicalSuite.Store;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicalSuite.Server.Pages;

/// <summary>What intake turned away.</summary>
public sealed class RefusalsModel(StudyCatalogue catalogue) : PageModel
{
    private const int Shown = 200;

    public IReadOnlyList<CustodyEvent> Events { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellation) => Events = await catalogue.RefusalsAsync(Shown, cancellation);
}

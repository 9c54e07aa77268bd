using ClinicalSuite.Server.Studies;
using ClinicalSuite.Store;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicalSuite.Server.Pages;

/// <summary>What intake turned away.</summary>
public sealed class RefusalsModel(StudyShelf shelf) : PageModel
{
    private const int Shown = 200;

    public IReadOnlyList<CustodyEvent> Events { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellation) => Events = await shelf.RefusalsAsync(Shown, cancellation);
}

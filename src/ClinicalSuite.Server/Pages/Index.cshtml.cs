using ClinicalSuite.Server.Studies;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicalSuite.Server.Pages;

/// <summary>The study list.</summary>
public sealed class IndexModel(StudyShelf shelf) : PageModel
{
    private const int Shown = 200;

    public IReadOnlyList<StudyRow> Rows { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellation) => Rows = await shelf.LatestAsync(Shown, cancellation);
}

using ClinicalSuite.Server.Studies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicalSuite.Server.Pages;

/// <summary>The study list.</summary>
public sealed class IndexModel(StudyShelf shelf) : PageModel
{
    private const int Shown = 200;
    private const int LastPage = 100_000;

    /// <summary>From 1, the newest.</summary>
    [BindProperty(SupportsGet = true, Name = "page-number")]
    public int PageNumber { get; set; } = 1;

    public bool HasOlder { get; private set; }

    public IReadOnlyList<StudyRow> Rows { get; private set; } = [];

    public async Task OnGet(CancellationToken cancellation)
    {
        PageNumber = Math.Clamp(PageNumber, 1, LastPage);
        var rows = await shelf.LatestAsync((PageNumber - 1) * Shown, Shown + 1, cancellation);
        HasOlder = rows.Count > Shown;
        Rows = [.. rows.Take(Shown)];
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicalSuite.Server.Pages;

/// <summary>What is shown in place of a page that cannot be: what happened and what to do. Says nothing of patients or insides.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class ProblemModel : PageModel
{
    public int Status { get; private set; }

    /// <summary>The page that was asked for, where it is one that can be asked for again.</summary>
    public string Back { get; private set; } = "/";

    public string Heading => Status switch
    {
        400 => "This request cannot be understood",
        401 => "Sign in first",
        403 => "This is not for you",
        404 => "There is no such page, study or document",
        429 => "Too many attempts",
        503 => "The appliance is busy",
        _ => "Something went wrong in the appliance",
    };

    public string Remedy => Status switch
    {
        400 => "The form was open too long or came from elsewhere. Go back, load the page again and repeat what you did.",
        401 => "Sign in, or show a token that the appliance knows.",
        403 => "Only an administrator may do this. Sign in as one.",
        404 => "Look for the study in the list; it may not have arrived yet.",
        429 => "Wait a minute, then try again.",
        503 => "Wait a minute, then try again.",
        _ => "Load the page again. If it happens again, tell whoever looks after the appliance: its log has the cause at this time.",
    };

    public void OnGet(int status) => Show(status);

    public void OnPost(int status) => Show(status);

    private void Show(int status)
    {
        var original = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        Status = original is null && HttpContext.Features.Get<IExceptionHandlerFeature>() is null ? StatusCodes.Status404NotFound
            : original is null ? StatusCodes.Status500InternalServerError
            : status;
        Response.StatusCode = Status;
        if (HttpMethods.IsGet(Request.Method) && original is not null)
        {
            Back = original.OriginalPath + original.OriginalQueryString;
        }
    }
}

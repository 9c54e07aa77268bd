using ClinicalSuite.Server.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace ClinicalSuite.Server.Pages;

/// <summary>The form that gives the cookie. Five wrong passwords lock the account for some minutes.</summary>
[AllowAnonymous]
[EnableRateLimiting(SignInLimit.Policy)]
public sealed class SignInModel(SignInManager<IdentityUser> people) : PageModel
{
    [BindProperty]
    public string UserName { get; set; } = "";

    [BindProperty]
    public string Password { get; set; } = "";

    public bool IsRefused { get; private set; }

    public async Task<IActionResult> OnPost(string? returnUrl)
    {
        // What was typed is not written down: it may be a password in the wrong field.
        var account = await people.UserManager.FindByNameAsync(UserName ?? "");
        AccessAudit.Tried(HttpContext, account?.UserName ?? "unknown account");
        var result = await people.PasswordSignInAsync(UserName ?? "", Password ?? "", isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
        }

        IsRefused = true;
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Page();
    }
}

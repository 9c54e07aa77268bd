using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicalSuite.Server.Pages;

/// <summary>The form that gives the cookie. Five wrong passwords lock the account for some minutes.</summary>
[AllowAnonymous]
public sealed class SignInModel(SignInManager<IdentityUser> people) : PageModel
{
    [BindProperty]
    public string UserName { get; set; } = "";

    [BindProperty]
    public string Password { get; set; } = "";

    public bool IsRefused { get; private set; }

    public async Task<IActionResult> OnPost(string? returnUrl)
    {
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

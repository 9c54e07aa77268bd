using ClinicalSuite.Server.DicomWeb;
using ClinicalSuite.Server.Settings;
using ClinicalSuite.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace ClinicalSuite.Server.Access;

internal static class AccessRegistration
{
    /// <summary>Accounts, cookie and token; where the settings ask for a sign-in every page does, unless it says otherwise.</summary>
    internal static IServiceCollection AddAccess(this IServiceCollection services, ApplianceSettings settings)
    {
        services.AddIdentityCore<IdentityUser>(o =>
            {
                o.Password.RequiredLength = 12;
                o.Password.RequireNonAlphanumeric = false;
                o.Password.RequireUppercase = false;
                o.Password.RequireDigit = false;
                o.Password.RequireLowercase = false;
                o.Lockout.MaxFailedAccessAttempts = 5;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddRoles<IdentityRole>().AddEntityFrameworkStores<ClinicDb>().AddSignInManager();
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddScheme<TokenOptions, TokenHandler>(AccessPolicies.TokenScheme, o => o.Tokens = settings.Tokens)
            .AddIdentityCookies(o => o.ApplicationCookie!.Configure(cookie => Cookie(cookie, settings)));
        var read = new AuthorizationPolicyBuilder(AccessPolicies.TokenScheme, IdentityConstants.ApplicationScheme)
            .RequireAssertion(c => c.User.IsInRole(AccessPolicies.AdministratorRole)
                || c.User.HasClaim(AccessPolicies.ScopeClaim, AccessPolicies.ReadScope))
            .Build();
        services.AddAuthorization(o =>
        {
            o.FallbackPolicy = settings.NeedsSignIn ? read : null;
            o.AddPolicy(AccessPolicies.DicomWebRead, web => Scoped(web, settings, AccessPolicies.ReadScope));
            o.AddPolicy(AccessPolicies.DicomWebWrite, web => Scoped(web, settings, AccessPolicies.WriteScope));
            o.AddPolicy(AccessPolicies.AuditPolicy, audit => audit
                .AddAuthenticationSchemes(AccessPolicies.TokenScheme, IdentityConstants.ApplicationScheme)
                .RequireAssertion(c => !settings.NeedsSignIn || c.User.IsInRole(AccessPolicies.AdministratorRole)));
        });
        services.AddAntiforgery(o => o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        // The keys of the cookie live with the data: by default they would be lost with each container.
        services.AddDataProtection().SetApplicationName("ClinicalSuite")
            .PersistKeysToFileSystem(new DirectoryInfo(new StoreFolder(settings.DataFolder).Keys));
        return services;
    }

    private static void Scoped(AuthorizationPolicyBuilder policy, ApplianceSettings settings, string scope) => policy
        .AddAuthenticationSchemes(AccessPolicies.TokenScheme, IdentityConstants.ApplicationScheme)
        .RequireAssertion(c => !settings.NeedsSignIn || c.User.IsInRole(AccessPolicies.AdministratorRole)
            || c.User.HasClaim(AccessPolicies.ScopeClaim, scope));

    private static void Cookie(CookieAuthenticationOptions cookie, ApplianceSettings settings)
    {
        cookie.LoginPath = "/SignIn";
        cookie.AccessDeniedPath = "/SignIn";
        cookie.Cookie.Name = "clinicalsuite";
        // Over TLS it never leaves by plain HTTP, whatever else answers under this name.
        cookie.Cookie.SecurePolicy = settings.Tls is { Web: true } ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
        cookie.Events.OnRedirectToLogin = context => Challenge(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => Challenge(context, StatusCodes.Status403Forbidden);
    }

    /// <summary>People are led to the form; a machine that showed a token is told no.</summary>
    private static Task Challenge(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        AccessAudit.Denied(context.HttpContext);
        if (context.Request.Headers.Authorization.Count > 0 || DicomWebProblems.IsDicomWeb(context.Request.Path)
            || context.Request.Path.StartsWithSegments("/live", StringComparison.Ordinal))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }
}

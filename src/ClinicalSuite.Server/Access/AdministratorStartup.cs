using System.Security.Cryptography;
using ClinicalSuite.Server.Settings;
using Microsoft.AspNetCore.Identity;

namespace ClinicalSuite.Server.Access;

/// <summary>Makes the one administrator at the first start that needs a sign-in.</summary>
internal sealed class AdministratorStartup(IServiceScopeFactory scopes, ApplianceSettings settings, Announcements announcements)
    : IHostedService
{
    internal const string UserName = "administrator";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!settings.NeedsSignIn)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
        if (await people.FindByNameAsync(UserName) is { } present)
        {
            if (await people.IsInRoleAsync(present, AccessPolicies.AdministratorRole))
            {
                return;
            }

            // The role is given last: the first start ended before it, and nobody need have seen the password.
            Demand(await people.DeleteAsync(present));
        }

        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>();
        if (!await roles.RoleExistsAsync(AccessPolicies.AdministratorRole))
        {
            Demand(await roles.CreateAsync(new IdentityRole(AccessPolicies.AdministratorRole)));
        }

        var password = settings.AdministratorPassword ?? RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 20);
        if (settings.AdministratorPassword is null)
        {
            // Before the account is whole: an end in between makes a new password, never one that nobody saw.
            announcements.Password(UserName, password);
        }

        var administrator = new IdentityUser(UserName);
        Demand(await people.CreateAsync(administrator, password));
        Demand(await people.AddToRoleAsync(administrator, AccessPolicies.AdministratorRole));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Demand(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(
                "the administrator cannot be made: " + string.Join("; ", result.Errors.Select(e => e.Description)));
        }
    }
}

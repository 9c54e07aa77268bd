using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ClinicalSuite.Server.Access;

/// <summary><c>Authorization: Bearer</c> (RFC 6750): the SHA-256 of what is shown is compared with those of the settings.</summary>
public sealed class TokenHandler(IOptionsMonitor<TokenOptions> options, ILoggerFactory logs, UrlEncoder encoder)
    : AuthenticationHandler<TokenOptions>(options, logs, encoder)
{
    private const string Prefix = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var shown = SHA256.HashData(Encoding.UTF8.GetBytes(header[Prefix.Length..].Trim()));
        var token = Options.Tokens.FirstOrDefault(t => CryptographicOperations.FixedTimeEquals(shown, Convert.FromHexString(t.Sha256)));
        if (token is null)
        {
            return Task.FromResult(AuthenticateResult.Fail("unknown token"));
        }

        var claims = token.Scopes.Select(scope => new Claim(AccessPolicies.ScopeClaim, scope)).Prepend(new Claim(ClaimTypes.Name, token.Name));
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name)));
    }

    /// <summary>The cookie scheme leads people to the form; this one only says what it wants.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Task.CompletedTask;
}

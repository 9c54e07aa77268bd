using ClinicalSuite.Server.Settings;
using Microsoft.AspNetCore.Authentication;

namespace ClinicalSuite.Server.Access;

/// <summary>The tokens that <see cref="TokenHandler"/> knows.</summary>
public sealed class TokenOptions : AuthenticationSchemeOptions
{
    public IReadOnlyList<MachineToken> Tokens { get; set; } = [];
}

namespace ClinicalSuite.Server.Settings;

/// <summary>A token of a machine: only its SHA-256 is written down.</summary>
/// <param name="Name">Shown in the audit.</param>
/// <param name="Sha256">Hexadecimal SHA-256 of the token.</param>
/// <param name="Scopes">What it opens: <c>read</c> (pages, documents, QIDO-RS, WADO-RS), <c>write</c> (STOW-RS), <c>metrics</c>.</param>
public sealed record MachineToken(string Name, string Sha256, IReadOnlyList<string> Scopes);

namespace ClinicalSuite.Cli.Doctor;

/// <summary>One line of a site acceptance.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Finding">What was seen, measured where it can be.</param>
/// <param name="Remedy">What to do; empty when nothing.</param>
internal sealed record Check(CheckState State, string Name, string Finding, string Remedy = "")
{
    public static Check Ok(string name, string finding) => new(CheckState.Ok, name, finding);

    public static Check Warn(string name, string finding, string remedy) => new(CheckState.Warn, name, finding, remedy);

    public static Check Fail(string name, string finding, string remedy) => new(CheckState.Fail, name, finding, remedy);

    public override string ToString()
    {
        var line = $"{State.ToString().ToLowerInvariant(),-4}  {Name,-22}  {Finding}";
        return Remedy.Length == 0 ? line : $"{line}\n{"",30}remedy: {Remedy}";
    }
}

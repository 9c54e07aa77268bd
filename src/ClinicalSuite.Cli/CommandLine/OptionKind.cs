namespace ClinicalSuite.Cli.CommandLine;

/// <summary>What the parser checks, so that a verb never sees a value it cannot use.</summary>
internal enum OptionKind
{
    Text,

    /// <summary>0 or more.</summary>
    WholeNumber,

    /// <summary>0 to 65535; 0 lets the system choose.</summary>
    Port,
}

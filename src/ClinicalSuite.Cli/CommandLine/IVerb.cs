namespace ClinicalSuite.Cli.CommandLine;

/// <summary>One word (or two: <c>dicom echo</c>) of the command line.</summary>
internal interface IVerb
{
    VerbDescription Description { get; }

    /// <summary>Does it. <paramref name="cancellation"/> is asked for by SIGINT and SIGTERM.</summary>
    /// <returns>An <see cref="ExitStatus"/>.</returns>
    Task<int> Run(Arguments arguments, CancellationToken cancellation);
}

using ClinicalSuite.Pipeline.Tls;

namespace ClinicalSuite.Cli.CommandLine;

/// <summary>TLS as the options of a verb give it.</summary>
internal static class TlsOptions
{
    /// <summary>Of a verb that calls.</summary>
    public static readonly IReadOnlyList<Option> OfCaller =
    [
        Option.Flag("--tls", "call over TLS 1.2 or 1.3; the name of the host is checked"),
        .. Files,
    ];

    /// <summary>Of a verb that listens.</summary>
    public static readonly IReadOnlyList<Option> OfListener =
    [
        Option.Flag("--tls", "listen over TLS 1.2 or 1.3; callers must show a certificate that --tls-ca has signed"),
        .. Files,
    ];

    private static IReadOnlyList<Option> Files =>
    [
        Option.Text("--tls-ca", "FILE", "authorities that are trusted, PEM (default those of this machine)"),
        Option.Text("--tls-cert", "FILE", "our certificate, PEM or PKCS #12 (.pfx, .p12)"),
        Option.Text("--tls-key", "FILE", "its key in PEM, when the certificate's file does not hold it"),
        Option.Text("--tls-password-file", "FILE", "its first line opens the key"),
    ];

    /// <summary>The certificates, or null without <c>--tls</c>.</summary>
    /// <exception cref="InvalidDataException">A file cannot be used; the message names it.</exception>
    public static TlsMaterial? Read(Arguments arguments)
    {
        if (!arguments.Has("--tls"))
        {
            return null;
        }

        return TlsMaterial.Load(new CertificateFiles
        {
            AuthoritiesFile = arguments.Text("--tls-ca"),
            CertificateFile = arguments.Text("--tls-cert"),
            KeyFile = arguments.Text("--tls-key"),
            Password = Password(arguments.Text("--tls-password-file")),
        });
    }

    private static string? Password(string? path)
    {
        try
        {
            return path is null ? null : File.ReadLines(path).FirstOrDefault();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path}: {problem.Message}", problem);
        }
    }
}

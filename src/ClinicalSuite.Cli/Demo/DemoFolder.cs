namespace ClinicalSuite.Cli.Demo;

/// <summary>Where a demonstration keeps its things: what the hospital received, and the appliance's own store apart from it.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly DirectoryInfo temporary = Directory.CreateTempSubdirectory("clinicalsuite-demo-");

    /// <param name="output">The folder asked for; null: a temporary one that is kept until the demonstration ends.</param>
    public DemoFolder(string? output)
    {
        Output = Path.GetFullPath(output ?? Path.Combine(temporary.FullName, "out"));
        Received = Directory.CreateDirectory(
            Path.Combine(Output, "received"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    public string Output { get; }

    public string Received { get; }

    /// <summary>The appliance's store lies apart: DIR holds only what left the appliance.</summary>
    public string Data => Path.Combine(temporary.FullName, "data");

    /// <summary>Where archives are unpacked.</summary>
    public string Scratch => Path.Combine(temporary.FullName, "scratch");

    public string Timeline => Path.Combine(Output, "timeline.json");

    public void Dispose() => temporary.Delete(recursive: true);
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using ClinicalSuite.Evidence.Drawing;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Cli.Doctor;

/// <summary>Disk, clock, fonts and native libraries of this machine.</summary>
internal static partial class MachineChecks
{
    private const int Flushes = 20;

    // An acknowledgement costs two or three flushes: beyond these a study of 500 images takes half a minute, or minutes.
    private static readonly TimeSpan QuickFlush = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SlowestFlush = TimeSpan.FromMilliseconds(200);
    private const long PlentyBytes = 20L << 30;
    private const long LeastBytes = 1L << 30;

    // adjtimex(2)
    private const int TimeError = 5;
    private const int SizeOfTimex = 208;

    private static readonly (string Library, string Package)[] Libraries =
    [
        ("libcairo.so.2", "libcairo2"), ("libpango-1.0.so.0", "libpango-1.0-0"), ("libpangocairo-1.0.so.0", "libpangocairo-1.0-0"),
        ("libgobject-2.0.so.0", "libglib2.0-0"), ("libsqlite3.so.0", "libsqlite3-0"),
    ];

    public static IEnumerable<Check> Run(string dataFolder)
    {
        foreach (var (library, package) in Libraries)
        {
            yield return Library(library, package);
        }

        yield return Limiter();
        yield return Fonts();
        yield return Clock();
        foreach (var check in Disk(dataFolder))
        {
            yield return check;
        }
    }

    private static Check Library(string library, string package)
    {
        if (!NativeLibrary.TryLoad(library, out var handle))
        {
            return Check.Fail(library, "not installed", $"apt-get install {package}");
        }

        NativeLibrary.Free(handle);
        return Check.Ok(library, "present");
    }

    private static Check Limiter() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "prlimit")))
            ? Check.Ok("prlimit", "present: the memory of an analysis can be limited")
            : Check.Fail("prlimit", "not installed: no analysis can be started", "apt-get install util-linux");

    private static Check Fonts()
    {
        try
        {
            using var canvas = Canvas.Picture(400, 40);
            using var probe = canvas.Layout(
                "0123456789 ABC abc ± µ ² 研究用途 王小东 สมชาย Юрий Γιώργος שרה علي", new TextStyle(12, new Rgb(0, 0, 0)));
            return probe.EscapedCharacters.Count == 0
                ? Check.Ok("fonts", "Latin, units, Chinese, Thai, Cyrillic, Greek, Hebrew and Arabic can be drawn")
                : Check.Fail("fonts", $"{probe.EscapedCharacters.Count} characters of a sample would be shown by their code",
                    "apt-get install fonts-dejavu-core fonts-noto-cjk fonts-tlwg-loma-ttf");
        }
        catch (MissingFontException missing)
        {
            return Check.Fail("fonts", missing.Message, "apt-get install fonts-dejavu-core fonts-noto-cjk fonts-tlwg-loma-ttf");
        }
        catch (DllNotFoundException missing)
        {
            return Check.Fail("fonts", missing.Message.Split('\n')[0], "Install the libraries above.");
        }
    }

    private static Check Clock()
    {
        var now = TimeProvider.System.GetUtcNow();
        var built = new DateTimeOffset(File.GetLastWriteTimeUtc(typeof(MachineChecks).Assembly.Location), TimeSpan.Zero);
        if (now < built)
        {
            return Check.Fail("clock", $"{now:yyyy-MM-dd HH:mm:ss} UTC is before this program was made", "Set the clock; use NTP.");
        }

        Span<byte> timex = stackalloc byte[SizeOfTimex];
        timex.Clear();
        var zone = TimeZoneInfo.Local.DisplayName;
        return AdjustTime(timex) == TimeError
            ? Check.Warn("clock", $"{now:yyyy-MM-dd HH:mm:ss} UTC, {zone}; not synchronised", "Let chrony or systemd-timesyncd keep it.")
            : Check.Ok("clock", $"{now:yyyy-MM-dd HH:mm:ss} UTC, {zone}; synchronised");
    }

    private static IEnumerable<Check> Disk(string dataFolder)
    {
        var path = Path.GetFullPath(dataFolder);
        var probe = Path.Combine(path, ".doctor");
        var median = TimeSpan.Zero;
        Exception? problem = null;
        try
        {
            Directory.CreateDirectory(path);
            median = MedianFlush(probe);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            problem = refusal;
        }

        if (problem is not null)
        {
            yield return Check.Fail("data folder", problem.Message, "Give the folder to the user that runs the appliance.");
            yield break;
        }

        var finding = $"{path}: {median.TotalMilliseconds:0.0} ms, the median of {Flushes}";
        yield return median <= QuickFlush ? Check.Ok("disk flush", finding)
            : median <= SlowestFlush ? Check.Warn("disk flush", finding, "Each image waits for it: use a faster disk.")
            : Check.Fail("disk flush", finding, "Each image waits for it: use a local disk, not a network folder.");
        var free = new DriveInfo(path).AvailableFreeSpace;
        finding = $"{free / (double)(1 << 30):0.0} GiB free";
        yield return free >= PlentyBytes ? Check.Ok("disk space", finding)
            : free >= LeastBytes ? Check.Warn("disk space", finding, "A CT study takes 0.1 to 2 GiB: make space.")
            : Check.Fail("disk space", finding, "Make space: images are refused below half a GiB.");
    }

    private static TimeSpan MedianFlush(string probe)
    {
        var times = new TimeSpan[Flushes];
        using (var file = new FileStream(probe, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
        {
            var block = new byte[64 << 10];
            for (var i = 0; i < Flushes; i++)
            {
                file.Write(block);
                var start = Stopwatch.GetTimestamp();
                file.Flush(flushToDisk: true);
                times[i] = Stopwatch.GetElapsedTime(start);
            }
        }

        Array.Sort(times);
        return times[Flushes / 2];
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int AdjustTime(Span<byte> timex);
}

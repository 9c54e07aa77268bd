using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Loop;

/// <summary>python3-hl7 as the RIS: accepts each message and says PID-5, OBX-11 of the report and MSH-10 as it reads them.</summary>
internal sealed class PythonRis : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";

    private const string Script = """
        import asyncio
        from hl7.mllp import start_hl7_server
        async def serve(reader, writer):
            try:
                while True:
                    m = await reader.readmessage()
                    writer.writemessage(m.create_ack())
                    await writer.drain()
                    names = '~'.join(f"{n[0][0]}^{n[1][0]}" for n in m.segment('PID')[5])
                    print(m['MSH.F10'], names, m.segment('OBX')[11], sep='\t', flush=True)
            except asyncio.IncompleteReadError:
                writer.close()
        async def main():
            server = await start_hl7_server(serve, host='127.0.0.1', port=0, encoding='utf-8', limit=2**27)
            print(server.sockets[0].getsockname()[1], flush=True)
            await server.serve_forever()
        asyncio.run(main())
        """;

    private readonly Process process;
    private readonly int port;

    private PythonRis(Process process, int port)
    {
        this.process = process;
        this.port = port;
    }

    /// <summary>As of <c>--ris</c>.</summary>
    public string Destination => $"127.0.0.1:{port}";

    public static async Task<PythonRis> StartAsync()
    {
        Assert.SkipUnless(File.Exists(Python), "python3 is not installed");
        var start = new ProcessStartInfo(Python, ["-c", Script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        var process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            return new PythonRis(process, int.Parse(line, CultureInfo.InvariantCulture));
        }

        var errors = await process.StandardError.ReadToEndAsync();
        Assert.SkipWhen(errors.Contains("No module named 'hl7'", StringComparison.Ordinal), "python3-hl7 is not installed");
        throw new InvalidOperationException(errors);
    }

    /// <summary>The next message received: control id, names, status of the first observation.</summary>
    public async Task<string[]> NextAsync() =>
        (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2)))!.Split('\t');

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}

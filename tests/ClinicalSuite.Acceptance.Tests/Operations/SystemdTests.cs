using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ClinicalSuite.Acceptance.Tests.Architecture;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Operations;

/// <summary>
/// The unit as it is shipped, under a real systemd that is process 1 of namespaces of its own: nothing of this machine is touched.
/// </summary>
public sealed class SystemdTests : IDisposable
{
    private const string Systemd = "/lib/systemd/systemd";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string Unit = Path.Combine(Repository.Root, "deploy", "clinicalsuite.service");

    private readonly string folder = Directory.CreateTempSubdirectory("systemd").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_unit_is_hardened_so_far_that_systemd_calls_its_exposure_low()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not installed");
        var (status, output, errors) = Peers.Run("systemd-analyze", "", "security", "--offline=yes", "--threshold=20", "--no-pager", Unit);

        Assert.True(status == 0, output + errors);
    }

    [Fact]
    public async Task The_unit_starts_the_service_and_starts_it_again_when_it_is_killed()
    {
        Assert.SkipUnless(File.Exists(Systemd) && Environment.UserName == "root", "needs systemd, and root for its namespaces");
        var (http, dicom) = (FreePort(), FreePort());
        using var systemd = Boot(http, dicom);
        try
        {
            await UntilAsync(systemd, restarts: 0);
            Assert.Equal("alive", await HealthAsync(http));
            Assert.Equal(0, Peers.Run("echoscu", "", "-aet", "SCANNER", "-aec", "CLINICALSUITE", "127.0.0.1", $"{dicom}").Status);
            Assert.Equal("drwx------ clinicalsuite", Inside("stat -c '%A %U' /var/lib/clinicalsuite", systemd));

            Inside("kill -9 $(systemctl show -p MainPID --value clinicalsuite)", systemd);
            await UntilAsync(systemd, restarts: 1);
            Assert.Equal("alive", await HealthAsync(http));
        }
        finally
        {
            systemd.Kill(entireProcessTree: true);
            await systemd.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Mounts over /opt, /etc and /var/lib what an installation would put there, in a mount namespace that ends with systemd.</summary>
    private Process Boot(int httpPort, int dicomPort)
    {
        var script = $$"""
            set -e
            cp -a /etc {{folder}}/etc
            grep -q '^clinicalsuite:' {{folder}}/etc/passwd || echo 'clinicalsuite:x:64999:64999::/var/lib/clinicalsuite:/usr/sbin/nologin' >> {{folder}}/etc/passwd
            grep -q '^clinicalsuite:' {{folder}}/etc/group || echo 'clinicalsuite:x:64999:' >> {{folder}}/etc/group
            mkdir -p {{folder}}/etc/clinicalsuite {{folder}}/units {{folder}}/state
            echo '{ "httpPort": {{httpPort}}, "dicomPort": {{dicomPort}}, "accept": ["SCANNER@127.0.0.1"] }' > {{folder}}/etc/clinicalsuite/clinicalsuite.json
            cp {{Unit}} {{folder}}/units/
            printf '[Unit]\nDefaultDependencies=no\n' | tee {{folder}}/units/sysinit.target {{folder}}/units/basic.target {{folder}}/units/shutdown.target > {{folder}}/units/network-online.target
            printf '[Unit]\nDefaultDependencies=no\nRequires=clinicalsuite.service\n' > {{folder}}/units/boot.target
            mount --make-rprivate /
            mount --bind {{folder}}/etc /etc
            mount --bind {{folder}}/state /var/lib
            mount -t tmpfs tmpfs /opt
            mkdir -p /opt/clinicalsuite
            mount --bind {{AppContext.BaseDirectory}} /opt/clinicalsuite
            mount -t tmpfs tmpfs /run
            exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin container=test SYSTEMD_UNIT_PATH={{folder}}/units SYSTEMD_LOG_TARGET=console SYSTEMD_LOG_LEVEL=info {{Systemd}} --system --unit=boot.target --show-status=yes
            """;
        return Process.Start(new ProcessStartInfo(
            "unshare",
            ["--fork", "--kill-child", "--pid", "--mount-proc", "--mount", "--ipc", "--uts", "--cgroup", "sh", "-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Looks twice a second until the service has said that it is ready, after so many restarts.</summary>
    private static async Task UntilAsync(Process systemd, int restarts)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(0.5));
        var watch = Stopwatch.StartNew();
        var state = "";
        while (watch.Elapsed < Patience)
        {
            Assert.False(systemd.HasExited, "systemd ended");
            state = Peek("systemctl show -p ActiveState -p NRestarts clinicalsuite", systemd);
            if (state.Contains("ActiveState=active", StringComparison.Ordinal)
                && state.Contains($"NRestarts={restarts}\n", StringComparison.Ordinal))
            {
                return;
            }

            await timer.WaitForNextTickAsync();
        }

        Assert.Fail($"not active after {restarts} restarts within {Patience}: {state}");
    }

    /// <summary>A command in the namespaces of that systemd.</summary>
    private static string Inside(string command, Process systemd)
    {
        var (_, output, errors) = Enter(command, systemd);
        Assert.Equal("", errors);
        return output.Trim();
    }

    /// <summary>The same while systemd may not listen yet.</summary>
    private static string Peek(string command, Process systemd) =>
        Loop.ProcessTable.ChildrenOf(systemd.Id).Count == 1 ? Enter(command, systemd).Output : "";

    private static (int Status, string Output, string Errors) Enter(string command, Process systemd) => Peers.Run(
        "nsenter", "", "-t", $"{Loop.ProcessTable.ChildrenOf(systemd.Id).Single()}", "-m", "-p", "sh", "-c", command);

    private static async Task<string> HealthAsync(int port)
    {
        using var client = new HttpClient();
        using var answer = System.Text.Json.JsonDocument.Parse(
            await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/health"), TestContext.Current.CancellationToken));
        return answer.RootElement.GetProperty("status").GetString()!;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

using System.Text;
using ClinicalSuite.Cli.Hospital;
using ClinicalSuite.Hl7;
using ClinicalSuite.Hl7.Mllp;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Operations;

public sealed class InformationSystemTests
{
    [Fact]
    public async Task Another_message_under_the_same_control_id_is_kept_beside_and_the_same_again_is_not_new()
    {
        var folder = Directory.CreateTempSubdirectory("clinicalsuite-ris-").FullName;
        var system = new InformationSystem(folder);
        foreach (var patient in new[] { "P1", "P2", "P1" })
        {
            await system.TakeAsync(Message(patient), TestContext.Current.CancellationToken);
        }

        Assert.Equal(["CS1-2.hl7", "CS1.hl7"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("P2", File.ReadAllText(Path.Combine(folder, "CS1-2.hl7")), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static ReceivedMessage Message(string patient)
    {
        var bytes = Encoding.ASCII.GetBytes($"MSH|^~\\&|A|B|C|D|20260101||ORU^R01|CS1|P|2.5.1\rPID|1||{patient}\r");
        return new ReceivedMessage(bytes, Hl7Message.Parse(bytes));
    }
}

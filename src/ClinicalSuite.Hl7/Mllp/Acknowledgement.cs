using System.Security.Cryptography;
using System.Text;

namespace ClinicalSuite.Hl7.Mllp;

/// <summary>What a receiver answers, made and read (v2.5.1 2.9, 2.15.8).</summary>
/// <param name="Text">For the sender's log; never patient data.</param>
public sealed record Acknowledgement(AcknowledgementCode Code, string Text = "")
{
    public static readonly Acknowledgement Accept = new(AcknowledgementCode.Accept);

    /// <summary>The ACK message: sender and receiver exchanged, the sender's character set, MSA-2 from its MSH-10.</summary>
    public Hl7Message For(Hl7Message received, DateTimeOffset now)
    {
        var sent = received.Header;
        var reply = Start(sent[18].Text(), received.Encoding, now, received.ControlId);
        Copy(sent[5], reply.Header, 3);
        Copy(sent[6], reply.Header, 4);
        Copy(sent[3], reply.Header, 5);
        Copy(sent[4], reply.Header, 6);
        reply.Header.Set(9, "ACK", sent.Text(9, 2), "ACK");
        reply.Header.Set(11, sent.Text(11) is { Length: > 0 } processing ? processing : "P");
        reply.Header.Set(12, sent.Text(12) is { Length: > 0 } version ? version : "2.5.1");
        Finish(reply, received.ControlId);
        return reply;
    }

    /// <summary>The ACK for bytes of which not even the header can be read: MSA-2 stays empty.</summary>
    public Hl7Message ForUnreadable(DateTimeOffset now)
    {
        var reply = Start(Hl7CharacterSet.Ascii, Hl7CharacterSet.EncodingOf(Hl7CharacterSet.Ascii), now, "");
        reply.Header.Set(9, "ACK");
        Finish(reply, "");
        return reply;
    }

    /// <summary>Reads MSA of a reply.</summary>
    /// <exception cref="Hl7FormatException">No MSA, or a code that is none.</exception>
    internal static (Acknowledgement Acknowledgement, string ControlId) Read(Hl7Message reply)
    {
        var answer = reply.Segment("MSA") ?? throw new Hl7FormatException("the reply has no MSA segment");
        var code = answer.Text(1).Trim().ToUpperInvariant() switch
        {
            "AA" or "CA" => AcknowledgementCode.Accept,
            "AE" or "CE" => AcknowledgementCode.Error,
            "AR" or "CR" => AcknowledgementCode.Reject,
            _ => throw new Hl7FormatException("MSA-1: no acknowledgement code"),
        };

        // v2.5.1 moves the reason from MSA-3 to ERR-7 and ERR-8; receivers use either.
        string[] reasons = [answer.Text(3), reply.Text("ERR-8"), reply.Text("ERR-7"), reply.Text("ERR-3.2")];
        return (new Acknowledgement(code, Array.Find(reasons, reason => reason.Length > 0) ?? ""), answer.Text(2).Trim());
    }

    private static Hl7Message Start(string characterSet, Encoding encoding, DateTimeOffset now, string receivedId)
    {
        var reply = Hl7Message.Create(characterSet, encoding);
        var seed = $"{receivedId} {now.UtcTicks}";
        reply.Header.Set(7, Hl7Time.Format(now));
        reply.Header.Set(10, "A" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(seed)))[..19]);
        return reply;
    }

    private void Finish(Hl7Message reply, string receivedId)
    {
        var code = Code switch
        {
            AcknowledgementCode.Accept => "AA",
            AcknowledgementCode.Error => "AE",
            _ => "AR",
        };
        reply.Add("MSA").Set(1, code).Set(2, receivedId);
        if (Text.Length > 0)
        {
            var text = Encodable(Text, reply.Encoding);
            reply.Segment("MSA")!.Set(3, text);

            // 207: application internal error, the general code of HL7 table 0357.
            reply.Add("ERR").Set(3, "207", "Application internal error", "HL70357").Set(4, "E").Set(8, text);
        }
    }

    /// <summary>An answer must leave in the sender's set even if its explanation cannot be written in it.</summary>
    private static string Encodable(string text, Encoding encoding)
    {
        var lenient = (Encoding)encoding.Clone();
        lenient.EncoderFallback = EncoderFallback.ReplacementFallback;
        return encoding.GetString(lenient.GetBytes(text));
    }

    /// <summary>A name like "RIS^1.2.3^ISO", written with the reply's own delimiters.</summary>
    private static void Copy(Hl7Field from, Hl7Segment to, int field)
    {
        if (!from.IsEmpty)
        {
            to.Set(field, [.. from.Components()]);
        }
    }
}

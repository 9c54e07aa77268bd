using System.Text;

namespace ClinicalSuite.Dicom.Network;

/// <summary>Recognises and answers them.</summary>
public static class ForeignProtocols
{
    /// <summary>How many first bytes are needed to tell.</summary>
    public const int FirstBytes = 6;

    private static readonly string[] HttpMethods = ["GET ", "POST", "HEAD", "PUT ", "OPTI", "PRI ", "DELE", "CONN", "PATC", "TRAC",
        "HTTP"];

    /// <param name="first">At least <see cref="FirstBytes"/>, else nothing is recognised.</param>
    public static ForeignProtocol Recognize(ReadOnlySpan<byte> first)
    {
        if (first.Length < FirstBytes)
        {
            return ForeignProtocol.None;
        }
        foreach (var method in HttpMethods)
        {
            if (Ascii.Equals(first[..4], method))
            {
                return ForeignProtocol.Http;
            }
        }
        return first switch
        {
            [0x15 or 0x16, 0x03, ..] => ForeignProtocol.Tls, // RFC 8446 5.1: alert, handshake
            [0x0B, ..] => ForeignProtocol.Mllp,
            [0x01, 0x00, 0x00, ..] => ForeignProtocol.Dicom, // A-ASSOCIATE-RQ of less than 16 MB
            _ => ForeignProtocol.None,
        };
    }

    /// <summary>For a log: "an HTTP request" and the like; empty for none.</summary>
    public static string Describe(ForeignProtocol protocol) => protocol switch
    {
        ForeignProtocol.Http => "an HTTP request",
        ForeignProtocol.Tls => "a TLS handshake",
        ForeignProtocol.Mllp => "an HL7 (MLLP) message",
        ForeignProtocol.Dicom => "a plain DICOM association",
        _ => "",
    };

    /// <summary>One answer that the stranger understands, before the connection is closed; empty where it knows none.</summary>
    /// <param name="port">What the port speaks, for example "DICOM".</param>
    public static ReadOnlyMemory<byte> Refusal(ForeignProtocol protocol, string port) => protocol switch
    {
        ForeignProtocol.Http => Http(port),
        // RFC 8446 6: alert, fatal, handshake_failure.
        ForeignProtocol.Tls => new byte[] { 0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28 },
        // PS3.8 9.3.4: A-ASSOCIATE-RJ, permanent, by the service user, no reason given.
        ForeignProtocol.Dicom => new byte[] { 0x03, 0x00, 0x00, 0x00, 0x00, 0x04, 0x00, 0x01, 0x01, 0x01 },
        _ => ReadOnlyMemory<byte>.Empty,
    };

    private static byte[] Http(string port)
    {
        var text = $"This port speaks {port}, not HTTP.\n";
        return Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n"
            + $"Content-Length: {text.Length}\r\n\r\n{text}");
    }
}

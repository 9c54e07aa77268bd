using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClinicalSuite.Hl7;

namespace ClinicalSuite.Evidence.Oru;

/// <summary>PID: who the result is about, and plainly nobody where that is not known.</summary>
internal static class OruPatient
{
    public static void Write(Hl7Message message, EvidenceContext context)
    {
        var patient = context.Patient;
        var segment = message.Add("PID").Set(1, 1);
        if (context.Unidentified)
        {
            segment.Set(3, StandInId(context.Study.Facts.StudyUid), "", "", "CLINICALSUITE", "U");
        }
        else
        {
            segment.Set(3, patient.Id, "", "", patient.IssuerOfId, "MR");
        }

        WriteNames(segment, patient);
        segment.Set(7, patient.BirthDate?.ToString("yyyyMMdd", CultureInfo.InvariantCulture) ?? "");
        segment.Set(8, patient.Sex);
    }

    /// <summary>An id that cannot be mistaken for one of the hospital's and is the same for all results of the study.</summary>
    public static string StandInId(string studyUid) =>
        "NOID-" + Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(studyUid)))[..12];

    /// <summary>Characters first, then Latin letters; table 0465 calls them I and A.</summary>
    private static void WriteNames(Hl7Segment segment, PatientFacts patient)
    {
        if (patient.IdeographicName.Length > 0)
        {
            segment.Repeat(5, Parts(patient.IdeographicName, "I"));
        }

        if (patient.AlphabeticName.Length > 0)
        {
            // Senders put characters into the first group too.
            var isLatin = patient.AlphabeticName.All(letter => letter < 0x2E80);
            segment.Repeat(5, Parts(patient.AlphabeticName, isLatin ? "A" : "I"));
        }

        if (segment[5].IsEmpty)
        {
            segment.Repeat(5, Parts("UNIDENTIFIED^PATIENT", "A"));
        }
    }

    /// <summary>DICOM has Family^Given^Middle^Prefix^Suffix, HL7's XPN suffix before prefix; component 7 L is the legal name.</summary>
    private static string[] Parts(string name, string representation)
    {
        var parts = name.Split('^');
        string Part(int index) => index < parts.Length ? parts[index] : "";
        return [Part(0), Part(1), Part(2), Part(4), Part(3), "", "L", representation];
    }
}

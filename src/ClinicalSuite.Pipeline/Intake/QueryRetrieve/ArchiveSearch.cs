using System.Runtime.CompilerServices;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Query;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Queries;

namespace ClinicalSuite.Pipeline.Intake.QueryRetrieve;

/// <summary>The search of C-FIND for those that ask in another way (QIDO-RS, PS3.18 10.6): any keys at any level.</summary>
public sealed class ArchiveSearch(ArchiveCatalogue archive, StoreFolder folder)
{
    private static readonly HashSet<DicomTag> StudyAttributes =
    [
        DicomTag.StudyInstanceUID, DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.AccessionNumber, DicomTag.StudyID,
        DicomTag.StudyDescription, DicomTag.ReferringPhysicianName, DicomTag.ConsultingPhysicianName,
        DicomTag.PhysiciansOfRecord, DicomTag.NameOfPhysiciansReadingStudy, DicomTag.AdmittingDiagnosesDescription,
        DicomTag.TimezoneOffsetFromUTC, DicomTag.IssuerOfAccessionNumberSequence, DicomTag.ProcedureCodeSequence,
        DicomTag.InstitutionName,
    ];

    /// <summary>Keys that lie below the level and that nothing here can judge: they select nothing.</summary>
    public static IReadOnlyList<DicomTag> Ignored(QueryLevel level, DicomDataset keys) =>
        [.. keys.Where(key => QueryKeys.IsBelow(level, key.Tag) && !AttributeMatching.IsUniversal(key, keys)
            && !QueryConditions.CanJudge(key.Tag)).Select(key => key.Tag)];

    /// <summary>What matches, as far as the database knows it, completed from a file with what the keys ask for.</summary>
    /// <param name="isWhole">Completed with every attribute of the level that the file has, bulk left out.</param>
    /// <exception cref="DicomFormatException">A key cannot be read.</exception>
    public async IAsyncEnumerable<DicomDataset> FindAsync(
        QueryLevel level, DicomDataset keys, QueryOptions options, bool isWhole,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var own = new DicomDataset();
        foreach (var key in keys.Where(key => !AttributeMatching.IsControl(key.Tag) && !QueryKeys.IsBelow(level, key.Tag)))
        {
            own.AddOrUpdate(key);
        }

        var query = new ArchiveQuery
        {
            Where = QueryConditions.Of(keys, options.IsFuzzy),
            WithSample = isWhole || own.Any(key => !RecordDataset.IsKnown(key.Tag)),
        };
        await foreach (var (record, sample) in RecordsAsync(level, query, cancellation))
        {
            if (sample.Length > 0)
            {
                Complete(record, folder.Absolute(sample), level, own, isWhole);
            }

            if (AttributeMatching.IsMatch(own, record, options))
            {
                yield return record;
            }
        }
    }

    private async IAsyncEnumerable<(DicomDataset Record, string Sample)> RecordsAsync(
        QueryLevel level, ArchiveQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        switch (level)
        {
            case QueryLevel.Study:
                await foreach (var found in archive.StudiesAsync(query, cancellation))
                {
                    yield return (RecordDataset.Of(found), found.SamplePath);
                }

                break;
            case QueryLevel.Series:
                await foreach (var found in archive.SeriesAsync(query, cancellation))
                {
                    yield return (RecordDataset.Of(found), found.SamplePath);
                }

                break;
            case QueryLevel.Image:
                await foreach (var found in archive.InstancesAsync(query, cancellation))
                {
                    yield return (RecordDataset.Of(found), query.WithSample || found.IsMadeHere ? found.Path : "");
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(level), level, "studies, series or instances");
        }
    }

    private static void Complete(DicomDataset record, string path, QueryLevel level, DicomDataset keys, bool isWhole)
    {
        DicomDataset header;
        try
        {
            header = DicomFile.Open(path, DicomReadOptions.HeaderOnly).Dataset;
        }
        catch (Exception problem) when (problem is DicomFormatException or IOException)
        {
            return; // what cannot be read counts as absent; the database has the rest
        }

        foreach (var element in header.Where(element => !record.Contains(element.Tag)))
        {
            if (keys.Contains(element.Tag) || (isWhole && Belongs(level, element)))
            {
                record.AddOrUpdate(element);
            }
        }
    }

    private static bool Belongs(QueryLevel level, DicomElement element)
    {
        var isBulk = element is not DicomSequence && (element.VR.Code[0] == 'O' || element.VR == DicomVR.UN);
        return !isBulk && (level == QueryLevel.Image || element.Tag.Group == 0x0010 || StudyAttributes.Contains(element.Tag)
            || (level == QueryLevel.Series && QueryKeys.IsBelow(QueryLevel.Study, element.Tag)
                && !QueryKeys.IsBelow(QueryLevel.Series, element.Tag)));
    }
}

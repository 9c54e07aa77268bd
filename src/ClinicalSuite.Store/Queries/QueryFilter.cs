using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store.Queries;

/// <summary>Puts conditions on columns into the database's own words.</summary>
internal static class QueryFilter
{
    private const string Escape = "\\";

    /// <param name="made">The results, which count as parts of their studies.</param>
    public static IQueryable<Study> Filter(this IQueryable<Study> studies, ArchiveQuery query, IQueryable<EvidenceObject> made)
    {
        foreach (var (column, condition) in query.Where)
        {
            var part = SeriesColumn(column) is { } series
                ? Any<Study, Series>(nameof(Study.Series), Predicate(series, condition))
                : InstanceColumn(column) is { } instance
                    ? Any<Study, Series>(
                        nameof(Study.Series), Any<Series, Instance>(nameof(Series.Instances), Predicate(instance, condition)))
                    : null;
            studies = StudyColumn(column) is { } own ? studies.Where(Predicate(own, condition))
                : part is not null ? studies.Where(OrMade(part, made, column, condition))
                : studies;
        }

        return studies;
    }

    public static IQueryable<EvidenceObject> Filter(this IQueryable<EvidenceObject> made, ArchiveQuery query)
    {
        foreach (var (column, condition) in query.Where)
        {
            var own = StudyColumn(column) is { } study ? Through<EvidenceObject, Study>(e => e.Run!.Study!, study) : MadeColumn(column);
            made = own is null ? made : made.Where(Predicate(own, condition));
        }

        return made;
    }

    public static IQueryable<Series> Filter(this IQueryable<Series> series, ArchiveQuery query)
    {
        foreach (var (column, condition) in query.Where)
        {
            var own = StudyColumn(column) is { } outer
                ? Through<Series, Study>(s => s.Study!, outer)
                : SeriesColumn(column);
            series = own is not null ? series.Where(Predicate(own, condition))
                : InstanceColumn(column) is { } instance
                    ? series.Where(Any<Series, Instance>(nameof(Series.Instances), Predicate(instance, condition)))
                    : series;
        }

        return series;
    }

    public static IQueryable<Instance> Filter(this IQueryable<Instance> instances, ArchiveQuery query)
    {
        foreach (var (column, condition) in query.Where)
        {
            var own = StudyColumn(column) is { } study ? Through<Instance, Study>(i => i.Series!.Study!, study)
                : SeriesColumn(column) is { } series ? Through<Instance, Series>(i => i.Series!, series)
                : InstanceColumn(column);
            instances = own is null ? instances : instances.Where(Predicate(own, condition));
        }

        return instances;
    }

    private static Expression<Func<Study, string>>? StudyColumn(QueryColumn column) => column switch
    {
        QueryColumn.PatientId => s => s.PatientId,
        QueryColumn.PatientNameKey => s => s.PatientNameKey,
        QueryColumn.PatientBirthDate => s => s.PatientBirthDate,
        QueryColumn.PatientSex => s => s.PatientSex,
        QueryColumn.StudyUid => s => s.Uid,
        QueryColumn.AccessionNumber => s => s.AccessionNumber,
        QueryColumn.StudyDate => s => s.StudyDate,
        QueryColumn.StudyId => s => s.StudyId,
        QueryColumn.StudyDescription => s => s.Description,
        _ => null,
    };

    private static Expression<Func<Series, string>>? SeriesColumn(QueryColumn column) => column switch
    {
        QueryColumn.Modality => s => s.Modality,
        QueryColumn.SeriesUid => s => s.Uid,
        QueryColumn.SeriesDescription => s => s.Description,
        _ => null,
    };

    private static Expression<Func<Instance, string>>? InstanceColumn(QueryColumn column) => column switch
    {
        QueryColumn.SopInstanceUid => i => i.SopInstanceUid,
        QueryColumn.SopClassUid => i => i.SopClassUid,
        _ => null,
    };

    /// <summary>What is not known of a result here finds it; its file tells.</summary>
    private static Expression<Func<EvidenceObject, string>>? MadeColumn(QueryColumn column) => column switch
    {
        QueryColumn.Modality => MadeObjects.Modality,
        QueryColumn.SeriesUid => e => e.SeriesUid,
        QueryColumn.SopInstanceUid => e => e.SopInstanceUid,
        QueryColumn.SopClassUid => e => e.SopClassUid,
        _ => null,
    };

    private static Expression<Func<Study, bool>> OrMade(
        Expression<Func<Study, bool>> part, IQueryable<EvidenceObject> made, QueryColumn column, Condition condition)
    {
        var matching = (MadeColumn(column) is { } own ? made.Where(Predicate(own, condition)) : made).Select(e => e.StudyUid);
        Expression<Func<Study, bool>> isMade = study => matching.Contains(study.Uid);
        return Expression.Lambda<Func<Study, bool>>(
            Expression.OrElse(part.Body, Replaced(isMade.Body, isMade.Parameters[0], part.Parameters[0])), part.Parameters);
    }

    /// <summary>A row of which some part fulfils the condition.</summary>
    private static Expression<Func<TRow, bool>> Any<TRow, TPart>(string parts, Expression<Func<TPart, bool>> condition)
    {
        var row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, bool>>(
            Expression.Call(
                typeof(Enumerable), nameof(Enumerable.Any), [typeof(TPart)], Expression.Property(row, parts), condition),
            row);
    }

    private static Expression<Func<T, bool>> Predicate<T>(Expression<Func<T, string>> column, Condition condition) => condition switch
    {
        Condition.AnyOf { Values: [var only] } => Compose(column, text => text == only),
        Condition.AnyOf { Values: var values } => Compose(column, text => values.Contains(text)),
        Condition.Between { From: var from, To: var to } => Compose(column, text =>
            (string.Compare(text, from) >= 0 && string.Compare(text, to) <= 0) || text.Contains('.')),
        Condition.Like { Patterns: var patterns } => Compose(column, AnyLike(patterns)),
        _ => throw new InvalidOperationException($"unknown condition {condition}"),
    };

    private static Expression<Func<string, bool>> AnyLike(IReadOnlyList<string> patterns)
    {
        Expression<Func<string, bool>> isEmpty = text => text == "";
        // A search key is empty where it was never made (it begins with a line end): such a row must not be lost.
        var any = patterns.Any(pattern => pattern.Contains('\n', StringComparison.Ordinal)) ? isEmpty.Body : Expression.Constant(false);
        foreach (var pattern in patterns.Select(LikePattern))
        {
            Expression<Func<string, bool>> like = text => EF.Functions.Like(text, pattern, Escape);
            any = Expression.OrElse(any, Replaced(like.Body, like.Parameters[0], isEmpty.Parameters[0]));
        }

        return Expression.Lambda<Func<string, bool>>(any, isEmpty.Parameters);
    }

    private static string LikePattern(string wildcards)
    {
        var pattern = new StringBuilder();
        foreach (var c in wildcards)
        {
            pattern.Append(c switch
            {
                '*' => "%",
                '?' => "_",
                '%' or '_' or '\\' => Escape + c,
                _ => c.ToString(),
            });
        }

        return pattern.ToString();
    }

    private static Expression<Func<TRow, string>> Through<TRow, TOuter>(
        Expression<Func<TRow, TOuter>> way, Expression<Func<TOuter, string>> column) =>
        Expression.Lambda<Func<TRow, string>>(Replaced(column.Body, column.Parameters[0], way.Body), way.Parameters);

    private static Expression<Func<T, bool>> Compose<T>(
        Expression<Func<T, string>> column, Expression<Func<string, bool>> test) =>
        Expression.Lambda<Func<T, bool>>(Replaced(test.Body, test.Parameters[0], column.Body), column.Parameters);

    private static Expression Replaced(Expression body, Expression what, Expression by) => new Replacement(what, by).Visit(body)!;

    private sealed class Replacement(Expression what, Expression by) : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node) => node == what ? by : base.Visit(node);
    }
}

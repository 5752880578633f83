using System.Globalization;
using Parley.ClusterCheck.Judging;
using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Reporting;

/// <summary>Writes what came of a run.</summary>
/// <param name="options">What was asked.</param>
/// <param name="skipped">Faults that were not made, with the reason; null for none.</param>
internal sealed class RunReport(CheckOptions options, string? skipped)
{
    /// <summary>Writes the report.</summary>
    /// <param name="rounds">Rounds that have ended.</param>
    /// <param name="findings">All that does not hold.</param>
    /// <param name="ends">Why nodes were found dead.</param>
    /// <param name="aborted">Why the run has ended before its last round; null if it has not.</param>
    public async Task WriteAsync(IReadOnlyList<RoundResult> rounds, IReadOnlyList<Finding> findings, IReadOnlyList<string> ends, string? aborted)
    {
        List<string> lines =
        [
            $"# Cluster check: {(aborted is not null ? "ended early" : findings.Count == 0 ? "all held" : "FAILED")}",
            "",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rounds.Count} of {options.Rounds} rounds, seed {options.Seed}, {options.Nodes} nodes, faults of up to {options.LongestFault.TotalSeconds:0} s; {rounds.Sum(round => round.Posts)} messages, {rounds.Sum(round => round.Acknowledged)} acknowledged."),
            "",
        ];
        if (aborted is not null)
        {
            lines.AddRange([$"Ended early: {aborted}", ""]);
        }

        if (skipped is not null)
        {
            lines.AddRange([skipped, ""]);
        }

        lines.AddRange(
        [
            "| round | fault | where | for | posts | acknowledged | refused | unknown | longest gap | slowest answer | |", "|---|---|---|---|---|---|---|---|---|---|---|",
            .. rounds.Select(round => round.ToRow()), "",
        ]);
        foreach (var its in findings.GroupBy(finding => finding.Kind))
        {
            lines.AddRange([$"## {its.Key} ({its.Count()})", "", .. its.Select(finding => $"- {finding.Description}"), ""]);
        }

        if (ends.Count > 0)
        {
            lines.AddRange(["## Nodes that were found dead", "", .. ends.Select(end => $"- {end}"), ""]);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(options.Report)!);
        await File.WriteAllLinesAsync(options.Report, lines);
    }

    /// <summary>Writes all journals beside the report, for whoever looks for the cause; returns where.</summary>
    public async Task<string> WriteJournalsAsync(RunRecord record)
    {
        var file = Path.ChangeExtension(options.Report, ".journals.txt");
        var notes = record.Journals.SelectMany(journal => journal.Notes, (journal, note) => (note.At, Line: $"{note.At.TotalSeconds,9:0.000} {journal.Description,-22} {TextOf(note)}"));
        await File.WriteAllLinesAsync(
            file,
            [
                .. notes.OrderBy(each => each.At).Select(each => each.Line),
                .. record.Terms.Select(term => $"term {term.Term} {term.Node}"),
                .. record.Kept.OrderBy(message => message.Room, StringComparer.Ordinal).ThenBy(message => message.Number)
                    .Select(message => $"{message.Room}.{message.Number} {message.Kind} {message.Author}: {message.Text} (term {message.Term}, {message.Writer})"),
            ]);
        return file;
    }

    private static string TextOf(Note note) => note switch
    {
        Note.Entered its => $"Entered {its.Room} with {string.Join(' ', its.Names)}",
        Note.Listed its => $"Listed {its.Room} after round {its.Round}: {string.Join(' ', its.Names)}",
        Note.Read its => $"Read {its.Room} after round {its.Round}: {its.Messages.Count}",
        _ => note.ToString(),
    };
}

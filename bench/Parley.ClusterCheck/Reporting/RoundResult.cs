using System.Globalization;
using Parley.ClusterCheck.Faults;
using Parley.ClusterCheck.Judging;
using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Reporting;

/// <summary>What came of a round.</summary>
/// <param name="Number">Number of the round, from 1.</param>
/// <param name="Fault">What went wrong.</param>
/// <param name="Where">The node, or what else it was about.</param>
/// <param name="Posts">Messages that were sent.</param>
/// <param name="Acknowledged">Of these, messages that were acknowledged.</param>
/// <param name="Refused">Of these, messages that were refused.</param>
/// <param name="LongestGap">Longest time in which nothing was acknowledged to anybody.</param>
/// <param name="SlowestAnswer">Longest time that an acknowledged message took.</param>
/// <param name="Findings">What does not hold since this round.</param>
internal sealed record RoundResult(
    int Number, Fault Fault, string Where, int Posts, int Acknowledged, int Refused, TimeSpan LongestGap, TimeSpan SlowestAnswer, IReadOnlyList<Finding> Findings)
{
    /// <summary>Messages of which their authors do not know what became, since their connections have ended.</summary>
    public int Unknown => Posts - Acknowledged - Refused;

    /// <summary>Counts what was said in a round.</summary>
    public static RoundResult Of(int number, Fault fault, string where, IEnumerable<Journal> journals, TimeSpan from, TimeSpan until, IReadOnlyList<Finding> findings)
    {
        var (posts, refused, slowest) = (0, 0, TimeSpan.Zero);
        List<TimeSpan> moments = [from, until];
        foreach (var journal in journals)
        {
            var sent = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
            foreach (var note in journal.Notes.Where(note => note.At >= from))
            {
                switch (note)
                {
                    case Note.Sent its:
                        sent[its.Text] = its.At;
                        posts++;
                        break;
                    case Note.Refused its when sent.ContainsKey(its.Text):
                        refused++;
                        break;
                    case Note.Acknowledged its when sent.TryGetValue(its.Text, out var at):
                        moments.Add(its.At);
                        slowest = its.At - at > slowest ? its.At - at : slowest;
                        break;
                }
            }
        }

        moments.Sort();
        var gap = moments.Zip(moments.Skip(1), (one, next) => next - one).DefaultIfEmpty().Max();
        return new RoundResult(number, fault, where, posts, moments.Count - 2, refused, gap, slowest, findings);
    }

    /// <summary>The round in a line.</summary>
    public string ToLine(int rounds) => string.Create(
        CultureInfo.InvariantCulture,
        $"round {Number,3}/{rounds}  {CheckOptions.NameOf(Fault.Kind),-24} {Where,-9} {Fault.Duration.TotalSeconds,4:0.0} s  posts {Posts,5}  acknowledged {Acknowledged,5}  refused {Refused,3}  unknown {Unknown,3}  longest gap {LongestGap.TotalSeconds,5:0.0} s  slowest {SlowestAnswer.TotalSeconds,5:0.0} s  {Verdict}");

    /// <summary>The round as a row of a table.</summary>
    public string ToRow() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Number} | {CheckOptions.NameOf(Fault.Kind)} | {Where} | {Fault.Duration.TotalSeconds:0.0} s | {Posts} | {Acknowledged} | {Refused} | {Unknown} | {LongestGap.TotalSeconds:0.0} s | {SlowestAnswer.TotalSeconds:0.0} s | {Verdict} |");

    private string Verdict => Findings.Count == 0 ? "held" : $"FAILED ({Findings.Count})";
}

using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Judging;

/// <summary>Judges a run by all rules.</summary>
internal static class RunJudge
{
    private static readonly IRule[] Rules =
    [
        new KeptRule(), new OnceRule(), new OrderRule(), new GapRule(), new DirectRule(), new ReadRule(), new AnswerRule(), new NameRule(), new MembersRule(), new TermRule(),
    ];

    /// <summary>Returns all that does not hold.</summary>
    public static IReadOnlyList<Finding> Judge(RunRecord record) => [.. Rules.SelectMany(rule => rule.Judge(record))];
}

using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Judging;

/// <summary>A promise, and how to find where it did not hold. It looks at the record alone.</summary>
internal interface IRule
{
    /// <summary>Returns where it did not hold.</summary>
    IEnumerable<Finding> Judge(RunRecord record);
}

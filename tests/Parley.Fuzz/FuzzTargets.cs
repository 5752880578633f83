using Parley.Fuzz.Targets;

namespace Parley.Fuzz;

/// <summary>All targets, in the order in which they are listed and run.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        .. FramingTargets.All,
        .. ClusterTargets.All,
        .. IrcTargets.All,
        .. LineProtocolTargets.All,
        .. NameTargets.All,
        .. ModerationTargets.All,
        .. HistoryTargets.All,
        .. AccountTargets.All,
        .. SettingTargets.All,
        .. CommandLineTargets.All,
        .. FileTargets.All,
        .. LoginTargets.All,
        .. ConversationTargets.All,
    ];

    public static FuzzTarget? Find(string name) => All.FirstOrDefault(target => string.Equals(target.Name, name, StringComparison.Ordinal));
}

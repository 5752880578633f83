using Parley.Cli.Load;

namespace Parley.Cli.Bots;

/// <summary>Options of <c>parley bots</c>.</summary>
/// <param name="Server">The server.</param>
/// <param name="Groups">The bots; none of the groups is empty.</param>
/// <param name="Duration">When to stop, 0 for: when all is said, or at Ctrl+C.</param>
/// <param name="Drain">How long to wait, with nothing coming in, for what is still missing at the end.</param>
internal sealed record BotsOptions(LoadServer Server, IReadOnlyList<BotGroupOptions> Groups, TimeAmount Duration, TimeAmount Drain);

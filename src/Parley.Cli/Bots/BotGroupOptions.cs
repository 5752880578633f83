using Parley.Cli.Load;

namespace Parley.Cli.Bots;

/// <summary>Bots of one kind, in one room.</summary>
/// <param name="Name">What the kind is called.</param>
/// <param name="Book">The name of their <see cref="PhraseBook"/>.</param>
/// <param name="Room">Where they are.</param>
/// <param name="Bots">How many.</param>
/// <param name="Lines">How many lines each of them says; 0: until it is stopped.</param>
/// <param name="Every">How long each of them pauses before a line.</param>
internal sealed record BotGroupOptions(string Name, string Book, string Room, int Bots, int Lines, TimeRange Every);

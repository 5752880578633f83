namespace Parley.Protocol.Irc;

/// <summary>Which mode letters there are and which of them take an argument (https://modern.ircdocs.horse/#mode-message).</summary>
/// <param name="Lists">Type A, which add to a list or take from it, such as <c>beI</c>.</param>
/// <param name="Always">Type B, which have an argument when set and when unset, such as <c>k</c>.</param>
/// <param name="WhenSet">Type C, which have an argument only when set, such as <c>l</c>.</param>
/// <param name="Flags">Type D, which have none, such as <c>imnpst</c>; all modes of a user are of this type.</param>
/// <param name="Prefixes">Those that give a member a status and have the nick for an argument, such as <c>ohv</c>.</param>
public sealed record IrcModeClasses(string Lists = "", string Always = "", string WhenSet = "", string Flags = "", string Prefixes = "");

namespace Parley.Cli.History;

/// <summary>Numbers of messages and files removed with all that one person wrote.</summary>
internal sealed record ForgottenMessages(long Removed, int Files);

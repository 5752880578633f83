using Parley.Core.Names;

namespace Parley.Core.Queries;

/// <summary>An invitation into a room that has not been used yet.</summary>
/// <param name="Guest">Name that the user who was asked in had then.</param>
/// <param name="Host">Name that the operator who asked had.</param>
public sealed record InvitationView(UserName Guest, UserName Host);

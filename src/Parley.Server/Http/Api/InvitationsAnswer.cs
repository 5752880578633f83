namespace Parley.Server.Http.Api;

/// <summary>Invitations that were asked for, or the one that was made.</summary>
/// <param name="Success">True if what was asked for was done.</param>
/// <param name="Invitations">The invitations; null for one that was revoked.</param>
/// <param name="Code">Code of the one that was made, which is shown this once.</param>
/// <param name="Link">The link that opens the page with it; null where nobody has said where the page is.</param>
/// <param name="Error">Why it was not done, for people.</param>
internal sealed record InvitationsAnswer(bool Success, IReadOnlyList<InvitationAnswer>? Invitations = null, string? Code = null, string? Link = null, string? Error = null);

using Parley.Core.Accounts;

namespace Parley.Server.Admin;

/// <summary>An invitation to make accounts.</summary>
/// <param name="Id">Its number.</param>
/// <param name="By">Name of whoever made it.</param>
/// <param name="Made">When it was made, UTC.</param>
/// <param name="Expires">Its end, UTC; null for none.</param>
/// <param name="Uses">Accounts that can still be made with it.</param>
/// <param name="Used">Accounts that were made with it.</param>
/// <param name="Note">Words about whom it is for; may be empty.</param>
public sealed record AdminInvitation(long Id, string By, DateTimeOffset Made, DateTimeOffset? Expires, int Uses, int Used, string Note)
{
    internal static AdminInvitation Of(ServerInvitation invitation)
        => new(invitation.Id, invitation.By, invitation.Made, invitation.Expires, invitation.Uses, invitation.Used, invitation.Note);
}

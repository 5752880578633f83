using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;

namespace Parley.Core.Broker;

/// <summary>A direct message on its way to one recipient.</summary>
/// <param name="To">The recipient; null if it is away.</param>
/// <param name="Away">The account of a recipient who is away; null if it is here.</param>
/// <param name="Message">The message.</param>
internal readonly record struct DirectPost(User? To, ProvenAccount? Away, DirectMessage Message)
{
    /// <summary>Identity of the recipient.</summary>
    public Identity Identity => To?.Actor.Identity ?? Identity.Of(Away!.Id);
}

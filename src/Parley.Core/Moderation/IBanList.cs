using System.Net;
using Parley.Core.Events;

namespace Parley.Core.Moderation;

/// <summary>Bans from the server as they hold now. A broker that is given them lets nobody in, and lets nobody take a name, whom one is about.</summary>
public interface IBanList
{
    /// <summary>Returns a ban about a user, as far as its account, name and mask tell; null if there is none. MUST NOT block.</summary>
    Ban? Find(in Actor user);

    /// <summary>Returns a ban about an address; null if there is none. MUST NOT block.</summary>
    Ban? Find(IPAddress? address);
}

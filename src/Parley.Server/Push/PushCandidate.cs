using Parley.Core.Accounts;
using Parley.Core.Events;

namespace Parley.Server.Push;

/// <summary>An event that web push has to know of, in its order: a message to a room, one to an account, or that a session of an account has ended.</summary>
internal readonly record struct PushCandidate(MessagePosted? Posted, DirectMessage? Sent, ProvenAccount? Account, LastPlace? Left);

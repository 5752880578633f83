using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.History;

namespace Parley.Server.Hosting;

/// <summary>Several observers of messages as one.</summary>
internal sealed class MessageObservers(params IMessageObserver[] observers) : IMessageObserver
{
    public void Posted(MessagePosted message)
    {
        foreach (var observer in observers)
        {
            observer.Posted(message);
        }
    }

    public void Sent(DirectMessage message, ProvenAccount? recipient)
    {
        foreach (var observer in observers)
        {
            observer.Sent(message, recipient);
        }
    }

    public void TakenBack(in HistoryEntry message, bool isByAuthor)
    {
        foreach (var observer in observers)
        {
            observer.TakenBack(message, isByAuthor);
        }
    }
}

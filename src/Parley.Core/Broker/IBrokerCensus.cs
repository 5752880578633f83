namespace Parley.Core.Broker;

/// <summary>Counts who is here, for whoever watches over the server.</summary>
public interface IBrokerCensus
{
    /// <summary>Counts, without keeping anybody waiting.</summary>
    BrokerCensus Census();
}

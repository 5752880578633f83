namespace Parley.Core.Delivery;

/// <summary>Treatment of a reader whose outbox is full.</summary>
public enum OverflowPolicy
{
    /// <summary>Its waiting messages are let go, it is told how many, and history gives back what it can.</summary>
    TellAndCatchUp,

    /// <summary>Its waiting messages are let go, and it is told how many.</summary>
    TellAndSkip,

    /// <summary>Its connection ends.</summary>
    Disconnect,
}

namespace Parley.Core.Delivery;

/// <summary>Looks at some of the messages and sends of a protocol's sessions more closely.</summary>
/// <remarks>Called on the threads that do the work, some of them under locks: MUST NOT block or throw.</remarks>
public interface ITrafficMonitor
{
    /// <summary>A message was accepted; called for every one.</summary>
    /// <param name="isSample">Whether it is one of the samples that are always taken.</param>
    /// <returns>What is to be told of its way; null if nothing is.</returns>
    DeliverySample? Accepted(bool isSample);

    /// <summary>So many bytes went out in one send; called for samples.</summary>
    void Sent(int bytes);
}

using System.Diagnostics;
using static SstpProtocol.Ppp.PppActions;
using static SstpProtocol.Ppp.PppEvent;
using static SstpProtocol.Ppp.PppState;

namespace SstpProtocol.Ppp;

/// <summary>The option negotiation automaton: the state transition table of RFC 1661 section 4.1, row by row.</summary>
/// <remarks>Neither the passive nor the restart option is implemented (footnotes [p] and [r]).</remarks>
public static class Automaton
{
    /// <exception cref="UnreachableException">
    /// The table has no such transition: a bug in the caller, whatever the peer sent.
    /// </exception>
    public static (PppState Next, PppActions Do) Step(PppState state, PppEvent happened) => (state, happened) switch
    {
        (Initial, Up) => (Closed, None),
        (Starting, Up) => (ReqSent, Irc | Scr),

        (Closed, Down) => (Initial, None),
        (Stopped, Down) => (Starting, PppActions.Tls),
        (Closing, Down) => (Initial, None),
        (Stopping, Down) => (Starting, None),
        (ReqSent, Down) => (Starting, None),
        (AckRcvd, Down) => (Starting, None),
        (AckSent, Down) => (Starting, None),
        (Opened, Down) => (Starting, Tld),

        (Initial, Open) => (Starting, PppActions.Tls),
        (Starting, Open) => (Starting, None),
        (Closed, Open) => (ReqSent, Irc | Scr),
        (Stopped, Open) => (Stopped, None),
        (Closing, Open) => (Stopping, None),
        (Stopping, Open) => (Stopping, None),
        (ReqSent, Open) => (ReqSent, None),
        (AckRcvd, Open) => (AckRcvd, None),
        (AckSent, Open) => (AckSent, None),
        (Opened, Open) => (Opened, None),

        (Initial, Close) => (Initial, None),
        (Starting, Close) => (Initial, Tlf),
        (Closed, Close) => (Closed, None),
        (Stopped, Close) => (Closed, None),
        (Closing, Close) => (Closing, None),
        (Stopping, Close) => (Closing, None),
        (ReqSent, Close) => (Closing, Irc | Str),
        (AckRcvd, Close) => (Closing, Irc | Str),
        (AckSent, Close) => (Closing, Irc | Str),
        (Opened, Close) => (Closing, Tld | Irc | Str),

        (Closing, TimeoutAgain) => (Closing, Str),
        (Stopping, TimeoutAgain) => (Stopping, Str),
        (ReqSent, TimeoutAgain) => (ReqSent, Scr),
        (AckRcvd, TimeoutAgain) => (ReqSent, Scr),
        (AckSent, TimeoutAgain) => (AckSent, Scr),

        (Closing, TimeoutLast) => (Closed, Tlf),
        (Stopping, TimeoutLast) => (Stopped, Tlf),
        (ReqSent, TimeoutLast) => (Stopped, Tlf),
        (AckRcvd, TimeoutLast) => (Stopped, Tlf),
        (AckSent, TimeoutLast) => (Stopped, Tlf),

        (Closed, RcrGood) => (Closed, Sta),
        (Stopped, RcrGood) => (AckSent, Irc | Scr | Sca),
        (Closing, RcrGood) => (Closing, None),
        (Stopping, RcrGood) => (Stopping, None),
        (ReqSent, RcrGood) => (AckSent, Sca),
        (AckRcvd, RcrGood) => (Opened, Sca | Tlu),
        (AckSent, RcrGood) => (AckSent, Sca),
        (Opened, RcrGood) => (AckSent, Tld | Scr | Sca),

        (Closed, RcrBad) => (Closed, Sta),
        (Stopped, RcrBad) => (ReqSent, Irc | Scr | Scn),
        (Closing, RcrBad) => (Closing, None),
        (Stopping, RcrBad) => (Stopping, None),
        (ReqSent, RcrBad) => (ReqSent, Scn),
        (AckRcvd, RcrBad) => (AckRcvd, Scn),
        (AckSent, RcrBad) => (ReqSent, Scn),
        (Opened, RcrBad) => (ReqSent, Tld | Scr | Scn),

        (Closed, Rca) => (Closed, Sta),
        (Stopped, Rca) => (Stopped, Sta),
        (Closing, Rca) => (Closing, None),
        (Stopping, Rca) => (Stopping, None),
        (ReqSent, Rca) => (AckRcvd, Irc),
        (AckRcvd, Rca) => (ReqSent, Scr),
        (AckSent, Rca) => (Opened, Irc | Tlu),
        (Opened, Rca) => (ReqSent, Tld | Scr),

        (Closed, Rcn) => (Closed, Sta),
        (Stopped, Rcn) => (Stopped, Sta),
        (Closing, Rcn) => (Closing, None),
        (Stopping, Rcn) => (Stopping, None),
        (ReqSent, Rcn) => (ReqSent, Irc | Scr),
        (AckRcvd, Rcn) => (ReqSent, Scr),
        (AckSent, Rcn) => (AckSent, Irc | Scr),
        (Opened, Rcn) => (ReqSent, Tld | Scr),

        (Closed, Rtr) => (Closed, Sta),
        (Stopped, Rtr) => (Stopped, Sta),
        (Closing, Rtr) => (Closing, Sta),
        (Stopping, Rtr) => (Stopping, Sta),
        (ReqSent, Rtr) => (ReqSent, Sta),
        (AckRcvd, Rtr) => (ReqSent, Sta),
        (AckSent, Rtr) => (ReqSent, Sta),
        (Opened, Rtr) => (Stopping, Tld | Zrc | Sta),

        (Closed, Rta) => (Closed, None),
        (Stopped, Rta) => (Stopped, None),
        (Closing, Rta) => (Closed, Tlf),
        (Stopping, Rta) => (Stopped, Tlf),
        (ReqSent, Rta) => (ReqSent, None),
        (AckRcvd, Rta) => (ReqSent, None),
        (AckSent, Rta) => (AckSent, None),
        (Opened, Rta) => (ReqSent, Tld | Scr),

        (Closed, Ruc) => (Closed, Scj),
        (Stopped, Ruc) => (Stopped, Scj),
        (Closing, Ruc) => (Closing, Scj),
        (Stopping, Ruc) => (Stopping, Scj),
        (ReqSent, Ruc) => (ReqSent, Scj),
        (AckRcvd, Ruc) => (AckRcvd, Scj),
        (AckSent, Ruc) => (AckSent, Scj),
        (Opened, Ruc) => (Opened, Scj),

        (Closed, RxjGood) => (Closed, None),
        (Stopped, RxjGood) => (Stopped, None),
        (Closing, RxjGood) => (Closing, None),
        (Stopping, RxjGood) => (Stopping, None),
        (ReqSent, RxjGood) => (ReqSent, None),
        (AckRcvd, RxjGood) => (ReqSent, None),
        (AckSent, RxjGood) => (AckSent, None),
        (Opened, RxjGood) => (Opened, None),

        (Closed, RxjBad) => (Closed, Tlf),
        (Stopped, RxjBad) => (Stopped, Tlf),
        (Closing, RxjBad) => (Closed, Tlf),
        (Stopping, RxjBad) => (Stopped, Tlf),
        (ReqSent, RxjBad) => (Stopped, Tlf),
        (AckRcvd, RxjBad) => (Stopped, Tlf),
        (AckSent, RxjBad) => (Stopped, Tlf),
        (Opened, RxjBad) => (Stopping, Tld | Irc | Str),

        (Closed, Rxr) => (Closed, None),
        (Stopped, Rxr) => (Stopped, None),
        (Closing, Rxr) => (Closing, None),
        (Stopping, Rxr) => (Stopping, None),
        (ReqSent, Rxr) => (ReqSent, None),
        (AckRcvd, Rxr) => (AckRcvd, None),
        (AckSent, Rxr) => (AckSent, None),
        (Opened, Rxr) => (Opened, Ser),

        _ => throw new UnreachableException($"{happened} cannot happen in {state}"),
    };
}

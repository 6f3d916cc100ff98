"""Is there a verb that one can check with a count? “Reduce” can come true or not; “improve” is always a little true."""

from app.assessment.kinds.aim.finding import NUMBER, Finding, excerpt, pattern, without

NO_VERB = pattern(
    r"\b(?:rais|increas|build|grow|lift)(?:e|es|ed|ing)? (?:(?:the|our|staff|public|patient|general|team"
    r"|people['’]s) ){0,3}"
    r"(?:awareness|profile|standards?|morale|understanding|quality|concerns?|issues?|engagement)\b"
    r"|\b(?:reduced|increased|raised|lowered) (?:mobility|risk|capacity|consciousness|appetite|temperature|blood)\b"
    r"|\blower (?:limbs?|legs?|backs?|GI|abdominal|urinary|respiratory|than)\b"
    r"|\bwill be (?:\w+ly )?\w+ (?:faster|sooner|quicker|earlier|better|more (?:often|quickly))\b"
    r"|\b(?:double|triple)[- ](?:check|hand|lumen|bed)\w*|\bstop signs?\b"
)
VAGUE = (
    r"(?:improv|optimi[sz]|enhanc|streamlin|strengthen|promot|support|ensur|develop|explor|embed|encourag|address"
    r"|facilitat|maximi[sz]|minimi[sz]|rais(?:e|ing) awareness|aware|better|great|excellent|happ|satisf|empower"
    r"|work(?:ing)? towards)"
)
SHAPES = (
    pattern(
        r"\b(?:reduc(?:e|es|ing)|cut(?:ting)?|lower(?:s|ing)?|decreas(?:e|es|ing)|lessen(?:s|ing)?|shorten(?:s|ing)?"
        r"|lengthen(?:s|ing)?|halv(?:e|es|ing)|increas(?:e|es|ing)|rais(?:e|es|ing)|doubl(?:e|es|ing)|trebl(?:e|es|ing)"
        r"|tripl(?:e|es|ing)|quadrupl(?:e|es|ing)|eliminat(?:e|es|ing)|bring(?:ing)? (?:[\w-]+ ){0,9}?(?:down"
        r"|up|to|under|below)"
        r"|get(?:ting)? (?:[\w-]+ ){0,9}?(?:down|up) (?:to|from)|stop(?:ping)?|lift(?:ing)?|speed(?:ing)? up"
        r"|abolish(?:ing)?)\b"
    ),
    pattern(
        r"\b(?:be|been|is|are|was|were) (?:reduced|cut|lowered|decreased|shortened|halved|increased|raised"
        r"|doubled|trebled)\b"
    ),
    pattern(
        r"\b(?:will|to|should|shall) (?:have )?(?:fall|fallen|rise|risen|drop|dropped|go down|go up|gone down"
        r"|gone up|grow|decrease|increase)\b"
    ),
    pattern(rf"\b(?:falls?|rises?|drops?|goes|go|moves?) (?:down |up )?(?:from|by|to) {NUMBER}"),
    pattern(
        rf"\b(?:reach|achieve|attain|hit|see|hold|keep|have) (?:[\w-]+ ){{0,5}}?(?:at least |below |under "
        rf"|above |to |at )?{NUMBER}"
    ),
    pattern(r"\b(?:a|the|an|%|per cent) (?:[\w-]+ )?(?:reduction|increase|decrease|rise|drop) (?:in|of)\b"),
    pattern(
        rf"\b(?:will|shall|should|must|to) (?:all |each |not )?(?:be"
        rf"|have been) (?:\w+ly )?(?!{VAGUE})(?:\w{{2,}}ed|seen|given|sent|told|met"
        r"|done|begun|made|held|brought|taken|put|read|written|known|on)\b"
    ),
    pattern(
        r"\b(?:will|shall|must) (?:all |each |not |only )?(?:wait|receive|get|have|leave|start|begin|go|arrive"
        r"|return|stay|spend"
        r"|see|hear|eat|drink|walk|sleep|attend|take|carry|miss|need|be home|be off|be up)\b"
    ),
    pattern(
        rf"\b(?:are|is) (?:\w+ly )?(?!{VAGUE})(?:\w{{2,}}ed|seen|given|sent|told|met|begun|written) (?:within"
        rf"|before|by|in|on|at)\b"
    ),
)
WOOLLY = pattern(rf"\b{VAGUE}\w*")
EXAMPLE = "Take one that a count can prove wrong: reduce, raise, halve, shorten, or “will be seen within …”."


def verb(aim: str) -> Finding:
    woolly = WOOLLY.search(aim)
    plain = without(aim, NO_VERB)
    for shape in SHAPES:
        match = shape.search(plain)
        if match:
            return Finding(found=excerpt(match))
    if woolly:
        return Finding(advice=f"“{excerpt(woolly)}” can be called true whatever happens. {EXAMPLE}")
    hollow = NO_VERB.search(aim)
    if hollow:
        return Finding(advice=f"“{excerpt(hollow)}” cannot be counted as it stands. {EXAMPLE}")
    return Finding(advice=f"No verb says what will change. {EXAMPLE}")

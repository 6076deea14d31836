"""First names that are common in the United Kingdom: they tell a person from a product."""

from rejoinder.privacy.find.listed import listed

FIRST_NAMES = listed(
    """
    aaron abbie abdul abigail abdullah adam adele adrian agnes ahmed aidan aisha alan alana
    albert alex alexander alexandra alfie alfred ali alice alicia alison amanda amber amelia
    amina amir amy andrea andrew andy angela angus anita anna anne annette annie anthony antonia
    archie arthur ashley audrey ava barbara barry beatrice becky ben benjamin bernard beth
    bethany betty beverley bill billy bob brenda brian bridget bruce callum cameron carl carla
    carlos carol caroline catherine cathy charles charlie charlotte chelsea cheryl chloe chris
    christina christine christopher claire clare clive colin connor courtney craig daisy damian
    daniel danielle danny darren dave david dawn dean deborah debbie declan denise dennis derek
    diana diane dominic donald donna doreen doris dorothy douglas duncan dylan eddie edith
    edward eileen elaine eleanor elizabeth ella ellen ellie emily emma eric erin ethan ethel eva
    eve evelyn evie fatima fiona florence frances francis frank fred freddie gareth gary gavin
    gemma geoff geoffrey george georgia georgina gerald gerard gill gillian gina glen gordon
    grace graham greg gwen hannah harriet harold harry hassan hazel heather helen henry hilary
    hollie holly howard hugh ian ibrahim imran imogen irene iris isaac isabel isabella isla ivan
    ivy jack jackie jacob jacqueline jade jake james jamie jan jane janet janice jasmine jason
    jayne jean jeff jeffrey jemma jenna jennifer jenny jeremy jess jessica jill jim jimmy joan
    joanna joanne joe joel john jon jonathan jordan joseph josh joshua joy joyce juan judith
    judy julia julian julie june karen karl kate katherine kathleen kathryn katie kay keith
    kelly ken kenneth kerry kevin khadija kieran kim kirsty kyle laura lauren lawrence leah
    leanne lee leo leon leonard leslie lewis liam lily linda lisa liz logan lois lorna lorraine
    louis louise lucas lucy luke lydia lynn lynne madeleine maisie malcolm mandy marcus margaret
    maria mariam marie marilyn marion mark martin martha martyn mary maryam mason matilda matt
    matthew maureen max maxine megan mehmet mel melanie melissa mia michael michelle mick mike
    millie miriam mohamed mohammad mohammed molly monica moira muhammad muriel nadia nancy naomi
    natalie natasha nathan neil niall nicholas nick nicola nigel nina noah nora norma norman
    olga oliver olivia omar oscar osman owen pam pamela patricia patrick paul paula pauline
    penny peter phil philip phillip phoebe phyllis pooja poppy priya rachel rajesh ralph ravi
    ray raymond rebecca reece reg rhys richard rita rob robert robin roger ron ronald rory rosa
    rose rosemary rosie ross roy ruby rupert russell ruth ryan sally sam samantha samuel sandra
    sanjay sara sarah scott sean sebastian shane shannon sharon shaun sheila shirley sian simon
    sophia sophie spencer stacey stanley stella stephanie stephen steve steven stewart stuart
    sue sunil susan suzanne sylvia tanya tara ted teresa terry thelma theo theresa thomas tim
    timothy tina toby tom tommy toni tony tracey tracy trevor trudy tyler una valerie vanessa
    vera veronica vicky victor victoria vikram vincent violet vivien walter wayne wendy wesley
    will william winifred yasmin yusuf yvonne zac zach zahra zainab zara zoe
    """
)
